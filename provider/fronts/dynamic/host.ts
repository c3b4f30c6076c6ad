import type { dynamic } from "@pulumi/pulumi";
import { namespace } from "../../core/backend";
import { messageOf, PartialError } from "../../core/errors";
import { checkInputs } from "../../core/resource/check";
import type { CheckFailure, Context, Identity, Lifecycle, Properties } from "../../core/resource/lifecycle";
import { lifecycleOf } from "../../registry";
import { adopt, find } from "../adoption";
import { connectEngineLog } from "../engineLog";
import { type ForPolicies, withForPolicies, withoutForPolicies } from "../forPolicies";
import { type Companion, Operations } from "../operations";
import { urnOf } from "../urn";
import { dynamicToken } from "./provider";

type ResourceProvider = dynamic.ResourceProvider;

/**
 * What the text of a dynamic provider calls: the lifecycles as Pulumi's dynamic providers want them. The state that
 * it keeps, it keeps for the process, which is one run of Pulumi on one stack.
 */

/** Property in which the companion travels; Pulumi's display leaves out what begins with `__`. */
export const companionKey = "__context";
const providerKey = "__provider";

const dynamicUrn = (type: string, identity: Identity) => urnOf(dynamicToken(type), identity);

let operations = new Operations(() => undefined, connectEngineLog(undefined), dynamicUrn);

/** Takes the stack's configuration. Runs to its end at once: other calls may follow before it is awaited. */
export function configure(request: { config: { get(name: string): string | undefined } }): void {
  // The engine hands its address to the process of the dynamic providers.
  const engine = process.argv.find((argument, index) => index > 1 && /:\d+$/.test(argument));
  const setting = (name: string) => request.config.get(`${namespace}:${name}`);
  operations = new Operations(setting, connectEngineLog(engine), dynamicUrn);
}

/** The provider of one kind of resource, as Pulumi calls it. @param type e.g. `waldur:Snapshot` */
export function provider(type: string): ResourceProvider {
  lifecycleOf(type);
  return {
    configure: async (request) => configure(request),
    check: (olds, news) => check(type, olds, news),
    diff: (id, olds, news) => diff(type, id, olds, news),
    create: (news) => create(type, news),
    read: (id, state) => read(type, id, state ?? {}),
    update: (id, olds, news) => update(type, id, olds, news),
    delete: (id, state) => remove(type, id, state),
  };
}

/** Checks arguments. @returns the arguments with defaults, and what is wrong with them */
export async function check(
  type: string,
  olds: Properties,
  news: Properties,
): Promise<{ inputs: Properties; failures: CheckFailure[] }> {
  const { lifecycle, companion, own, forPolicies } = parts(type, news);
  const old = parts(type, olds);
  const before = old.own;
  if (Object.keys(before).length > 0) operations.hold(lifecycle, companion);
  return bare(async () => {
    const context = operations.context(lifecycle, "create", companion);
    const name = lifecycle.autoName?.property;
    if (adopts(companion, context) && name && own[name] === undefined) {
      // An object that is imported keeps the name that it has.
      own[name] = (await find(lifecycle, companion.import, context)).inputs[name];
    }
    const { inputs, failures } = checkInputs(lifecycle, own, before, context);
    const fresh = Object.keys(before).length === 0 && !adopts(companion, context);
    if (fresh && failures.length === 0) failures.push(...(lifecycle.checkNew?.(inputs, context) ?? []));
    const noted = withForPolicies(plain(inputs), forPolicies, old, context.clock);
    return { inputs: { ...noted, [companionKey]: companion }, failures };
  });
}

/** Whether a create takes over what is there; what the stack has imported already is replaced like any other. */
function adopts(
  companion: Companion,
  context: Context<unknown>,
): companion is Companion & { import: string } {
  return companion.import !== undefined && context.replacing === undefined;
}

/** Compares the state with the arguments. */
export async function diff(
  type: string,
  id: string,
  olds: Properties,
  news: Properties,
): Promise<{ changes: boolean; replaces: string[]; deleteBeforeReplace: boolean }> {
  const { lifecycle, companion, own } = parts(type, news);
  const before = parts(type, olds);
  operations.hold(lifecycle, companion, id);
  return bare(async () => {
    const changes = lifecycle.diff(before.own, own);
    if (changes.length > 0 && lifecycle.permit) {
      const context = operations.context(lifecycle, "update", companion);
      await lifecycle.permit(id, before.own, own, changes, context);
    }
    // What is kept in the state of the time limits is all that a deletion will know of them.
    const timeouts = JSON.stringify(before.companion.timeouts) !== JSON.stringify(companion.timeouts);
    // A state that comes from the plugin lacks what every later call of a dynamic provider needs.
    const foreign = !(companionKey in olds);
    return {
      changes: changes.length > 0 || timeouts || foreign,
      replaces: changes.filter(({ kind }) => kind === "replace").map(({ property }) => property),
      deleteBeforeReplace: lifecycle.deleteBeforeReplace ?? false,
    };
  });
}

/** Creates. @throws an error with `id`, `properties` and `reasons` where an object is there but not ready */
export async function create(type: string, news: Properties): Promise<{ id: string; outs: Properties }> {
  const { lifecycle, companion, own, travelling } = parts(type, news);
  return partial(travelling, async () => {
    const context = operations.context(lifecycle, "create", companion);
    const { id, outputs } = adopts(companion, context)
      ? await adopt(lifecycle, companion.import, own, context)
      : await lifecycle.create(own, context);
    return { id, outs: { ...plain(outputs), [companionKey]: companion } };
  });
}

/** Reads what the server says now. An empty id is Pulumi's word for "gone". */
export async function read(
  type: string,
  id: string,
  state: Properties,
): Promise<{ id: string; props: Properties }> {
  const { lifecycle, companion, own } = parts(type, state);
  operations.hold(lifecycle, companion, id);
  return bare(async () => {
    const found = await lifecycle.read(id, operations.context(lifecycle, "update", companion), own);
    if (found === undefined) return { id: "", props: {} };
    return { id: found.id, props: { ...plain(found.outputs), [companionKey]: companion } };
  });
}

/** Updates in place. @throws as {@link create} does */
export async function update(
  type: string,
  id: string,
  olds: Properties,
  news: Properties,
): Promise<{ outs: Properties }> {
  const { lifecycle, companion, own, travelling } = parts(type, news);
  return partial(travelling, async () => {
    const context = operations.context(lifecycle, "update", companion);
    const outputs = await lifecycle.update(id, parts(type, olds).own, own, context);
    return { outs: { ...plain(outputs), [companionKey]: companion } };
  });
}

/** Deletes, and waits until it is gone. */
export async function remove(type: string, id: string, state: Properties): Promise<void> {
  const { lifecycle, companion, own } = parts(type, state);
  return bare(() => lifecycle.delete(id, own, operations.context(lifecycle, "delete", companion)));
}

interface Parts {
  lifecycle: Lifecycle;
  companion: Companion;
  /** The resource's own properties. */
  own: Properties;
  forPolicies: ForPolicies;
  /** What Pulumi needs in every state of a dynamic resource. */
  travelling: Properties;
}

function parts(type: string, properties: Properties): Parts {
  const { [providerKey]: provider, [companionKey]: companion, ...others } = properties;
  return {
    lifecycle: lifecycleOf(type),
    companion: (companion as Companion | undefined) ?? { project: "", stack: "", name: "" },
    ...withoutForPolicies(others),
    travelling: { [providerKey]: provider, [companionKey]: companion },
  };
}

/** Pulumi's wire knows no `undefined`. */
function plain(values: Properties): Properties {
  return JSON.parse(JSON.stringify(values));
}

/** Pulumi prints the stack of what is thrown here; the message is all that helps a user. */
async function bare<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    throw withoutStack(new Error(messageOf(error)));
  }
}

async function partial<T>(travelling: Properties, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    const thrown = withoutStack(new Error(messageOf(error)));
    if (!(error instanceof PartialError)) throw thrown;
    const properties = { ...plain(error.outputs), ...travelling };
    throw Object.assign(thrown, { id: error.id, properties, reasons: [...error.reasons] });
  }
}

function withoutStack(error: Error): Error {
  error.stack = "";
  return error;
}
