import { execFile } from "node:child_process";
import type { Surroundings } from "../core/backend";
import type { StackState } from "../core/resource/creation";
import type { Identity } from "../core/resource/lifecycle";
import { isRecord } from "../core/values";
import { allLifecycles } from "../registry";
import { markingKey, withoutMarking } from "./marking";
import { objectIds } from "./objectIds";

/** A state as `pulumi stack export` prints it, as far as it is of use here. */
interface Deployment {
  resources: readonly Entry[];
  /** Creations that the engine began, and of whose end it knows nothing. */
  begun: readonly Entry[];
}

interface Entry {
  urn: string;
  type: string;
  id?: string | undefined;
  inputs: Record<string, unknown>;
  outputs: Record<string, unknown>;
}

/** So long may the command line take. */
const timeoutMs = 60_000;

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
  return {
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
  const nonceOf = ({ inputs }: Entry) => withoutMarking({ [markingKey]: inputs[markingKey] }).marking?.nonce;
  const own = deployment.begun.find((entry) => nonceOf(entry) === nonce);
  if (own === undefined) return undefined;
  const others = deployment.begun.filter((entry) => nonceOf(entry) !== nonce);
  return {
    ids: new Set(deployment.resources.flatMap(idsOf)),
    pending: new Set(others.flatMap((entry) => nonceOf(entry) ?? [])),
    begunBefore: others.some(({ urn }) => urn === own.urn),
  };
}

function idsOf({ type, id, outputs }: Entry): string[] {
  const lifecycle = allLifecycles.find((each) => new RegExp(`[:/]${each.type}$`).test(type));
  return lifecycle && id !== undefined ? objectIds(lifecycle, id, outputs) : [];
}

/** Prints a stack's state with Pulumi's own command line. @returns `undefined` where that fails */
export function exportStack(
  { organization, project, stack }: Pick<Identity, "organization" | "project" | "stack">,
  { env, cwd }: Surroundings,
): Promise<string | undefined> {
  const name = organization ? `${organization}/${project}/${stack}` : stack;
  const options = {
    cwd,
    env: { ...env, PULUMI_SKIP_UPDATE_CHECK: "true" },
    timeout: timeoutMs,
    maxBuffer: 1 << 30,
  };
  return new Promise((done) => {
    execFile("pulumi", ["stack", "export", "--stack", name, "--non-interactive"], options, (error, out) =>
      done(error ? undefined : out),
    );
  });
}
