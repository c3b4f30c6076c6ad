import { isDeepStrictEqual } from "node:util";
import type { Properties } from "../../../../provider/core/resource/lifecycle";
import { type Codec, type Diff, type Failure, type Held, identity, Refused, type Resource } from "./codec";
import { bare } from "./values";

/** What a run did to the resource. */
export type Done = "created" | "adopted" | "updated" | "replaced" | "same" | "deleted";

/** A part of what `pulumi stack export` prints. */
export type Exported = Record<"resources" | "pending_operations", object[]>;

/** What `pulumi stack export` prints of a stack of these. */
export function exportOf(parts: readonly Exported[]): string {
  const all = (key: keyof Exported) => parts.flatMap((part) => part[key]);
  const deployment = { resources: all("resources"), pending_operations: all("pending_operations") };
  return JSON.stringify({ version: 3, deployment });
}

/** Arguments that Check found wrong. */
export class WrongArguments extends Error {
  override name = "WrongArguments";

  constructor(readonly failures: readonly Failure[]) {
    super(failures.map(({ property, reason }) => `${property}: ${reason}`).join("; "));
  }
}

/**
 * A stack of one resource, and of the engine as much as concerns a provider: which calls come in which order, with
 * what of the state, and what of an answer is kept.
 */
export class Stack {
  /** What the state holds; `undefined` where there is nothing. */
  held: Held | undefined;
  /** What the last run said about an object that is there and not ready; the next run updates it in any case. */
  reasons: string[] = [];
  /** Arguments of creations that were begun, and of whose end nobody has heard. */
  readonly begun: Properties[];
  /** Objects that were replaced and are still to be deleted. */
  condemned: Held[] = [];

  /** @param begun what earlier runs were killed over, which the engine keeps */
  constructor(
    readonly codec: Codec,
    readonly resource: Resource,
    held?: Held,
    begun: readonly Properties[] = [],
  ) {
    this.held = held;
    this.begun = [...begun];
  }

  /** What of `pulumi stack export` is about this resource. */
  exported(): Exported {
    const { type, name = identity.name } = this.resource;
    const token = `openstack-snapshots:${type}`;
    const urn = `urn:pulumi:${identity.stack}::${identity.project}::${token}::${name}`;
    const objects = [...(this.held ? [this.held] : []), ...this.condemned];
    return {
      resources: objects.map(({ id, inputs, outputs }) => ({
        urn,
        type: token,
        id,
        inputs,
        outputs,
      })),
      pending_operations: this.begun.map((inputs) => ({
        resource: { urn, type: token, inputs },
        type: "creating",
      })),
    };
  }

  /** What `pulumi up` does. */
  async up(args: Properties): Promise<Done> {
    const done = await this.#brought(args);
    await this.#deleteCondemned();
    return done;
  }

  async #brought(args: Properties): Promise<Done> {
    const inputs = await this.check(args);
    if (this.held === undefined) return this.#create(inputs, "created");
    const { changes, replaces, deleteBeforeReplace } = await this.codec.diff(
      this.resource,
      this.held,
      inputs,
    );
    if (replaces.length > 0) return this.#replace(args, deleteBeforeReplace);
    if (!changes && this.reasons.length === 0) {
      this.held = { ...this.held, inputs };
      return "same";
    }
    const held = this.held;
    const outputs = await this.#keeping(inputs, () => this.codec.update(this.resource, held, inputs));
    this.held = { id: held.id, inputs, outputs };
    return "updated";
  }

  /** What `pulumi preview` shows the program: the outputs as far as they are known. */
  async preview(args: Properties): Promise<Properties> {
    return this.previewDeclared(this.codec.declared(this.resource, args));
  }

  /** The same of arguments as the SDK's classes write them. */
  async previewDeclared(declared: Properties): Promise<Properties> {
    const { held, resource, codec } = this;
    const inputs = await this.#checked(declared, held?.inputs ?? {});
    if (held === undefined) return codec.previewCreate(resource, inputs);
    const { changes, replaces } = await codec.diff(resource, held, inputs);
    if (replaces.length > 0) return codec.previewCreate(resource, await this.#checked(declared, {}));
    return changes ? codec.previewUpdate(resource, held, inputs) : held.outputs;
  }

  /** The arguments after the check. @throws WrongArguments */
  async check(args: Properties, olds = this.held?.inputs ?? {}): Promise<Properties> {
    return this.#checked(this.codec.declared(this.resource, args), olds);
  }

  async #checked(declared: Properties, olds: Properties): Promise<Properties> {
    const { inputs, failures } = await this.codec.check(this.resource, olds, declared);
    if (failures.length > 0) throw new WrongArguments(failures);
    return inputs;
  }

  /** What differs between the state and arguments. */
  async diff(args: Properties): Promise<Diff> {
    return this.codec.diff(this.resource, this.there(), await this.check(args));
  }

  /** What `pulumi refresh` does. */
  async refresh(): Promise<Done> {
    const held = this.there();
    this.held = await this.codec.read(this.resource, held);
    // An engine takes what it has read for well.
    this.reasons = [];
    if (this.held === undefined) return "deleted";
    // An engine compares it with the arguments, though the program does not run; where that fails, the refresh does.
    await this.codec.diff(this.resource, this.held, held.inputs);
    return isDeepStrictEqual(bare(this.held.outputs), bare(held.outputs)) ? "same" : "updated";
  }

  /** What the option `import` does: nothing is made, and what is there has to be as declared. */
  async import(id: string, args: Properties): Promise<Done> {
    if (this.codec.importsBy === "create") {
      await this.up(args);
    } else {
      this.held = await this.codec.find(this.resource, id);
      if (this.held === undefined) throw new Refused(`there is no ${this.resource.type} ${id}`);
      const inputs = await this.check(args);
      const { changes } = await this.codec.diff(this.resource, this.held, inputs);
      if (changes) throw new Error("the engine would go on and update what it imports");
      this.held = { ...this.held, inputs };
    }
    return this.there().id === id ? "adopted" : "created";
  }

  /** What `pulumi destroy` does. */
  async destroy(): Promise<void> {
    await this.codec.delete(this.resource, this.there());
    this.held = undefined;
    await this.#deleteCondemned();
  }

  async #deleteCondemned(): Promise<void> {
    for (let old = this.condemned[0]; old; old = this.condemned[0]) {
      await this.codec.delete(this.resource, old);
      this.condemned.shift();
    }
  }

  /** What the state holds. @throws where that is nothing */
  there(): Held {
    if (this.held === undefined) throw new Error("the stack holds nothing");
    return this.held;
  }

  async #replace(args: Properties, deleteBeforeReplace: boolean): Promise<Done> {
    const old = this.there();
    // The engine checks again, as for a new resource.
    const inputs = await this.check(args, {});
    if (deleteBeforeReplace) {
      await this.codec.delete(this.resource, old);
      this.held = undefined;
    }
    const created = this.#create(inputs, "replaced");
    // Whatever became of the new one, the old one is no longer the resource once the new one is in the state.
    const note = () => {
      if (!deleteBeforeReplace && this.held !== old) this.condemned.push(old);
    };
    return created.finally(note);
  }

  async #create(inputs: Properties, done: Done): Promise<Done> {
    this.begun.push(inputs);
    try {
      const { id, outputs } = await this.#keeping(inputs, () => this.codec.create(this.resource, inputs));
      this.held = { id, inputs, outputs };
      return done;
    } finally {
      this.begun.splice(this.begun.indexOf(inputs), 1);
    }
  }

  async #keeping<T>(inputs: Properties, run: () => Promise<T>): Promise<T> {
    try {
      const result = await run();
      this.reasons = [];
      return result;
    } catch (error) {
      if (error instanceof Refused && error.partial) {
        const { id, outputs, reasons } = error.partial;
        this.held = { id, inputs, outputs };
        this.reasons = reasons;
      }
      throw error;
    }
  }
}
