import type { dynamic } from "@pulumi/pulumi";
import { namespace, ownSurroundings, type Settings, type Surroundings } from "../../core/backend";
import { type Clock, systemClock } from "../../core/clock";
import { messageOf, PartialError } from "../../core/errors";
import type { Checked } from "../../core/resource/check";
import type { Properties, Timeouts } from "../../core/resource/lifecycle";
import { sameJson } from "../../core/values";
import { lifecycleOf } from "../../registry";
import { Clients } from "../clients";
import { Creations, type Past, pastOf } from "../creations";
import { connectEngineLog } from "../engineLog";
import { ResourceHost } from "../resourceHost";
import { secretOf } from "../secret";
import { urnOf } from "../urn";
import { companionKey, kept, type Parts, parts, travelling } from "./companion";
import { type EngineCalls, limitsOf } from "./engineCalls";
import { dynamicToken, unknownSecrets } from "./provider";
import { tellOnce } from "./toldOnce";

type ResourceProvider = dynamic.ResourceProvider;

/**
 * The lifecycles as Pulumi's dynamic providers want them. The state that it keeps, it keeps for the process, which
 * is one run of Pulumi on one stack.
 */
export class DynamicFront {
  #host: ResourceHost;
  readonly #clock: Clock;
  readonly #where: Surroundings;
  readonly #past: Past | undefined;
  readonly #calls: EngineCalls | undefined;

  /**
   * @param where files and variables are looked for
   * @param past where it learns of earlier runs; by default on this machine
   * @param calls what else the engine says; absent: nobody knows
   */
  constructor(
    clock: Clock = systemClock,
    where: Surroundings = ownSurroundings(),
    past?: Past,
    calls?: EngineCalls,
  ) {
    this.#clock = clock;
    this.#where = where;
    this.#past = past;
    this.#calls = calls;
    this.#host = this.#hostFor(() => undefined, undefined);
  }

  /** Takes the stack's configuration. Runs to its end at once: other calls may follow before it is awaited. */
  configure(request: { config: { get(name: string): string | undefined } }): void {
    // The engine hands its address to the process of the dynamic providers.
    const engine = process.argv.find((argument, index) => index > 1 && /:\d+$/.test(argument));
    this.#host = this.#hostFor((name) => request.config.get(`${namespace}:${name}`), engine);
  }

  /** The provider of one kind of resource, as Pulumi calls it. @param type e.g. `waldur:Snapshot` */
  provider(type: string): ResourceProvider {
    lifecycleOf(type);
    return {
      configure: async (request) => this.configure(request),
      check: (olds, news) => toldOnce(type, news, () => this.#check(type, olds, news)),
      diff: (id, olds, news) => toldOnce(type, news, () => this.#diff(type, id, olds, news)),
      create: (news) => told(type, news, () => this.#create(type, news)),
      read: (id, state = {}) => toldOnce(type, state, () => this.#read(type, id, state)),
      update: (id, olds, news) => told(type, news, () => this.#update(type, id, olds, news)),
      delete: (id, state) => toldOnce(type, state, () => this.#delete(type, id, state)),
    };
  }

  #hostFor(settings: Settings, engine: string | undefined): ResourceHost {
    const where = this.#where;
    const past = this.#past ?? pastOf(where, engine);
    return new ResourceHost({
      clients: new Clients(settings, this.#clock, where),
      log: connectEngineLog(engine),
      urnOf: (type, identity) => urnOf(dynamicToken(type), identity),
      creations: new Creations({ where, engine, past }),
      // The engine does not read through a dynamic provider to import, so the SDK names the object in the companion.
      importsBy: "create",
    });
  }

  async #check(type: string, olds: Properties, news: Properties): Promise<Checked> {
    const { subject, own, companion } = parts(type, news);
    const { inputs, failures } = await this.#host.check(subject, parts(type, olds).own, own);
    return { inputs: { ...plain(hidingRenamed(inputs, own, subject)), [companionKey]: companion }, failures };
  }

  async #diff(type: string, id: string, olds: Properties, news: Properties) {
    const { subject, own, companion } = this.#parts(type, news);
    const old = parts(type, olds);
    const compared = await this.#host.diff(subject, id, { state: old.own }, own);
    const { changes, deleteBeforeReplace } = compared;
    // What is kept in the state of the time limits is all that a deletion will know of them.
    const timeouts = !sameJson(old.companion.timeouts, companion.timeouts);
    // A state that comes from the plugin lacks what every later call of a dynamic provider needs.
    const foreign = !(companionKey in olds);
    const answer = {
      changes: changes.length > 0 || timeouts || foreign,
      replaces: changes.filter(({ kind }) => kind === "replace").map(({ property }) => property),
      deleteBeforeReplace,
    };
    return this.#calls?.answer(answer, compared) ?? answer;
  }

  /** The properties that the engine's present call is about, with what it says beside them. */
  #parts(type: string, properties: Properties, operation?: keyof Timeouts): Parts {
    const call = this.#calls?.take(properties);
    const { subject, ...others } = parts(type, properties);
    const timeouts = { ...subject.timeouts, ...(operation ? limitsOf(operation, call) : {}) };
    return { ...others, subject: { ...subject, timeouts, ignored: call?.ignored ?? subject.ignored } };
  }

  async #create(type: string, news: Properties) {
    const given = this.#parts(type, news, "create");
    const { id, outputs } = await this.#host.create(given.subject, given.own);
    return { id, outs: kept(outputs, given) };
  }

  /** An empty id is Pulumi's word for "gone". */
  async #read(type: string, id: string, state: Properties) {
    const held = parts(type, state);
    const found = await this.#host.read(held.subject, id, { state: held.own });
    if (found === undefined) return { id: "", props: {} };
    return { id: found.id, props: kept(found.outputs, held) };
  }

  async #update(type: string, id: string, olds: Properties, news: Properties) {
    const given = this.#parts(type, news, "update");
    const outputs = await this.#host.update(given.subject, id, { state: parts(type, olds).own }, given.own);
    return { outs: kept(outputs, given) };
  }

  #delete(type: string, id: string, state: Properties): Promise<void> {
    const { subject, own } = this.#parts(type, state, "delete");
    return this.#host.delete(subject, id, own);
  }
}

/**
 * Errors as Pulumi's dynamic providers throw them: bare messages, since their stack is printed and helps no user,
 * and for an object that is there but not ready its `id`, `properties` and `reasons`.
 */
async function told<T>(type: string, properties: Properties, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    const given = parts(type, properties);
    const { subject } = given;
    const thrown = Object.assign(new Error(subject.hide(messageOf(error))), { stack: "" });
    if (!(error instanceof PartialError)) throw thrown;
    const { id, outputs, reasons } = error;
    const left = { ...kept(outputs, given), ...travelling(properties) };
    throw Object.assign(thrown, { id, properties: left, reasons: reasons.map(subject.hide) });
  }
}

/** The same for an operation whose errors Pulumi prints itself, besides handing them to the engine. */
async function toldOnce<T>(type: string, properties: Properties, run: () => Promise<T>): Promise<T> {
  try {
    return await told(type, properties, run);
  } catch (error) {
    if (error instanceof Error) tellOnce(error);
    throw error;
  }
}

/**
 * Checked arguments with those as secrets that came by another name and may be one: the engine tells by their names what
 * is a secret.
 */
function hidingRenamed(inputs: Properties, given: Properties, { secrets }: Parts["subject"]): Properties {
  const renamed = Object.keys(inputs).filter((name) => !(name in given) && !name.startsWith("__"));
  const hidden = renamed.filter((name) => secrets.includes(name) || secrets.includes(unknownSecrets));
  return { ...inputs, ...Object.fromEntries(hidden.map((name) => [name, secretOf(inputs[name])])) };
}

/** Pulumi's wire knows no `undefined`. */
function plain(values: Properties): Properties {
  return JSON.parse(JSON.stringify(values));
}
