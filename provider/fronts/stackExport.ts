import type { Surroundings } from "../core/backend";
import type { StackState } from "../core/resource/creation";
import type { Identity, Lifecycle } from "../core/resource/lifecycle";
import { isRecord, timestampOf } from "../core/values";
import { allLifecycles } from "../registry";
import { markingKey, withoutMarking } from "./marking";
import { objectIds } from "./objectIds";
import { runPulumi } from "./pulumiCommand";

/** A state as `pulumi stack export` prints it, as far as it is of use here. */
export interface Deployment {
  resources: readonly Entry[];
  /** Creations that the engine began, and of whose end it knows nothing. */
  begun: readonly Entry[];
  /** When it was written, in ms since the epoch by the clock of the engine's machine; absent: it does not say. */
  at?: number | undefined;
}

/** A resource of a state. */
export interface Entry {
  urn: string;
  /** Pulumi's type, as the front in use spells it. */
  type: string;
  id?: string | undefined;
  inputs: Record<string, unknown>;
  outputs: Record<string, unknown>;
}

/** The deployment in the text of an export; `undefined` where it is none. */
export function deploymentIn(text: string): Deployment | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return undefined;
  }
  const deployment = isRecord(parsed) ? parsed.deployment : undefined;
  if (!isRecord(deployment)) return undefined;
  const list = (value: unknown) => (Array.isArray(value) ? value.filter(isRecord) : []);
  const begun = list(deployment.pending_operations).filter(({ type }) => type === "creating");
  const { time } = isRecord(deployment.manifest) ? deployment.manifest : {};
  return {
    at: typeof time === "string" ? timestampOf(time) : undefined,
    resources: list(deployment.resources).map(entryOf),
    begun: begun.map(({ resource }) => entryOf(isRecord(resource) ? resource : {})),
  };
}

function entryOf({ urn, type, id, inputs, outputs }: Record<string, unknown>): Entry {
  return {
    urn: String(urn),
    type: String(type),
    id: typeof id === "string" ? id : undefined,
    inputs: isRecord(inputs) ? inputs : {},
    outputs: isRecord(outputs) ? outputs : {},
  };
}

/**
 * What a deployment says to one creation that is under way.
 *
 * @param nonce of that creation
 * @returns `undefined` where the deployment does not know the creation, so that it is another stack's
 */
export function stateFor(deployment: Deployment, nonce: string): StackState | undefined {
  const own = deployment.begun.find((entry) => nonceOf(entry) === nonce);
  if (own === undefined) return undefined;
  const others = deployment.begun.filter((entry) => nonceOf(entry) !== nonce);
  return {
    ids: new Set(deployment.resources.flatMap(idsOf)),
    pending: new Set(others.flatMap((entry) => nonceOf(entry) ?? [])),
    begunBefore: others.some(({ urn }) => urn === own.urn),
  };
}

/** The nonce of the creation by which a resource came; absent: it was not made by this version. */
export function nonceOf({ inputs }: Entry): string | undefined {
  return withoutMarking({ [markingKey]: inputs[markingKey] }).marking?.nonce;
}

/** Which of this package's resources an entry is, whatever the front; `undefined` for others'. */
export function lifecycleIn({ type }: Entry): Lifecycle | undefined {
  return allLifecycles.find((each) => new RegExp(`[:/]${each.type}$`).test(type));
}

/** The ids of the objects that an entry stands for; none for others' resources. */
export function idsOf(entry: Entry): string[] {
  const lifecycle = lifecycleIn(entry);
  return lifecycle && entry.id !== undefined ? objectIds(lifecycle, entry.id, entry.outputs) : [];
}

/** Prints a stack's state with Pulumi's own command line. @returns `undefined` where that fails */
export async function exportStack(
  { organization, project, stack }: Pick<Identity, "organization" | "project" | "stack">,
  where: Surroundings,
): Promise<string | undefined> {
  const name = organization ? `${organization}/${project}/${stack}` : stack;
  return runPulumi(["stack", "export", "--stack", name], where).catch(() => undefined);
}
