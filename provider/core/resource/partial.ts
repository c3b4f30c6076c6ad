import { messageOf, PartialError, WaitError } from "../errors";
import { defined } from "../values";
import { applied, appliedAfterFailure, appliedKey, type State } from "./diff";
import type { Properties } from "./lifecycle";

/** An object whose id is known, while something about it can still fail. */
export interface KnownObject {
  id: string;
  /** What to keep in the state if it fails: read again if possible. */
  outputs: () => Promise<Properties>;
  /** What to keep where even that fails. */
  fallback: Properties;
}

/**
 * Runs what may fail or be given up after the id of an object is known, and keeps the object if it does.
 *
 * @throws PartialError for whatever `run` throws
 */
export async function keeping<T>(kept: KnownObject, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof PartialError) throw error;
    const outputs = await kept.outputs().catch(() => kept.fallback);
    throw new PartialError(kept.id, outputs, [withAdvice(error)], error);
  }
}

/** How the state of a resource is put together. */
export interface Shape<Inputs extends Properties, Outputs extends Properties> {
  /** Arguments that only the state knows, the server does not. */
  locals: readonly (keyof Inputs & string)[];
  /** Reads the object and says what it shows of it. @throws where it is gone or cannot be read */
  look(): Promise<Outputs>;
}

/** The state after a success: what the server shows, what only the state knows, and what was applied. */
export async function stateAfter<Inputs extends Properties, Outputs extends Properties>(
  { locals, look }: Shape<Inputs, Outputs>,
  inputs: Inputs,
): Promise<Outputs & State> {
  return { ...(await look()), ...only(inputs, locals), [appliedKey]: applied(inputs) };
}

/** What stays in the state when something fails: as read then, or else as it was with what was declared. */
export function keptAs<Inputs extends Properties, Outputs extends Properties>(
  id: string,
  { locals, look }: Shape<Inputs, Outputs>,
  inputs: Inputs,
  olds: Partial<Outputs> & State,
): KnownObject {
  const always = { ...only(inputs, locals), [appliedKey]: appliedAfterFailure(inputs, olds) };
  return {
    id,
    outputs: async () => ({ ...(await look()), ...always }),
    fallback: { ...inputs, ...olds, ...always },
  };
}

/** Some of the properties, those that are there. */
export function only<T extends Properties>(values: T, names: readonly string[]): Partial<T> {
  return defined(Object.fromEntries(names.map((name) => [name, values[name]]))) as Partial<T>;
}

function withAdvice(error: unknown): string {
  const message = messageOf(error);
  if (!(error instanceof WaitError)) return message;
  if (error.remedy !== undefined) return `${message}. ${error.remedy}`;
  if (error.end === "failed")
    return `${message}. Replace it with "pulumi up --replace <urn>", or destroy it.`;
  return error.end === "refused" ? message : `${message}. The next "pulumi up" goes on waiting.`;
}
