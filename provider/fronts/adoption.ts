import { UserError } from "../core/errors";
import { applied, appliedKey } from "../core/resource/diff";
import type { Change, Context, Found, Lifecycle, Properties } from "../core/resource/lifecycle";
import { only } from "../core/resource/partial";
import type { Subject } from "./contexts";

/**
 * Takes an object into the state as it is, instead of making one; nothing is written to the server.
 *
 * @param id the id of the object
 * @throws UserError where there is none, or where it is not as declared: each property with both values
 */
export async function adopt(
  lifecycle: Lifecycle,
  id: string,
  inputs: Properties,
  ctx: Context<unknown>,
): Promise<{ id: string; outputs: Properties }> {
  const found = await find(lifecycle, id, ctx);
  const locals = only(inputs, lifecycle.locals ?? []);
  refuseDifferences(
    lifecycle,
    id,
    lifecycle.diff({ ...found.outputs, ...locals }, inputs),
    inputs,
    found.outputs,
  );
  return { id: found.id, outputs: { ...found.outputs, ...locals, [appliedKey]: applied(inputs) } };
}

/** The id of what a create adopts; what the stack has adopted already is replaced like any other. */
export function adoptedBy({ adopts }: Subject, { replacing }: Context<unknown>): string | undefined {
  return replacing === undefined ? adopts : undefined;
}

/**
 * An import changes nothing, so what is declared has to be what is there. What only the state knows cannot differ.
 *
 * @throws UserError that names each property that differs, with both values
 */
export function refuseDifferences(
  { locals = [] }: Lifecycle,
  id: string,
  changes: readonly Change[],
  inputs: Properties,
  outputs: Properties,
): void {
  const lines = changes
    .filter(({ property }) => !locals.includes(property))
    .map(({ property }) => {
      const [declared, actual] = [inputs[property], outputs[property]].map((value) => JSON.stringify(value));
      return `${property}: declared ${declared ?? "nothing"}, actual ${actual ?? "nothing"}`;
    });
  if (lines.length > 0) throw new UserError(`import of ${id}: it is not as declared: ${lines.join("; ")}`);
}

/** The object to import. @throws UserError where there is none */
async function find(
  lifecycle: Lifecycle,
  id: string,
  ctx: Context<unknown>,
): Promise<Found<Properties, Properties>> {
  const found = await lifecycle.read(id, ctx);
  if (found === undefined) throw new UserError(`import: there is no ${lifecycle.type} with the id "${id}"`);
  return found;
}

/** An object that is adopted keeps the name that it has. */
export async function withNameOf(
  adopted: string | undefined,
  lifecycle: Lifecycle,
  inputs: Properties,
  context: Context<unknown>,
): Promise<Properties> {
  const name = lifecycle.autoName?.property;
  if (adopted === undefined || name === undefined || inputs[name] !== undefined) return inputs;
  return { ...inputs, [name]: (await find(lifecycle, adopted, context)).inputs[name] };
}
