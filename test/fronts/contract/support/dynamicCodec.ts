import type { dynamic } from "@pulumi/pulumi";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import type { Surroundings } from "../../../../provider/core/backend";
import type { Clock } from "../../../../provider/core/clock";
import type { Properties } from "../../../../provider/core/resource/lifecycle";
import type { Past } from "../../../../provider/fronts/creations";
import { DynamicFront } from "../../../../provider/fronts/dynamic/front";
import { providerText } from "../../../../provider/fronts/dynamic/provider";
import { type Codec, type Held, identity, Refused, type Resource } from "./codec";

/** A provider with every call that the front offers. */
type Provider = Required<dynamic.ResourceProvider>;

/**
 * The dynamic front, called as Pulumi's own host of dynamic providers does (its `cmd/dynamic-provider`): one provider
 * for each text, configured before anything else; properties go through protobuf's JSON in both directions; whatever
 * comes back gets the provider's text.
 */
export class DynamicCodec implements Codec {
  readonly importsBy = "create";
  readonly #front: DynamicFront;
  readonly #providers = new Map<string, Provider>();
  readonly #settings: Record<string, string>;

  /** @param settings of the package, by their names */
  constructor(settings: Record<string, string>, clock: Clock, where?: Surroundings, past?: Past) {
    this.#front = new DynamicFront(clock, where, past);
    this.#settings = settings;
  }

  /** As the SDK's classes write them. */
  declared({ type, name = identity.name, limits, imports }: Resource, args: Properties): Properties {
    const timeouts = Object.entries(limits ?? {}).map(([operation, seconds]) => [operation, `${seconds}s`]);
    return {
      ...args,
      __provider: providerText(type),
      __context: {
        ...identity,
        name,
        ...(imports === undefined ? {} : { import: imports }),
        ...(timeouts.length > 0 ? { timeouts: Object.fromEntries(timeouts) } : {}),
      },
    };
  }

  async check(resource: Resource, olds: Properties, news: Properties) {
    const { inputs = {}, failures = [] } = await this.#call(resource, (provider) =>
      provider.check(wired(olds), wired(news)),
    );
    return { inputs: withText(inputs, news), failures };
  }

  async diff(resource: Resource, { id, outputs }: Held, inputs: Properties) {
    const { changes, replaces, deleteBeforeReplace } = await this.#call(resource, (provider) =>
      provider.diff(id, wired(outputs), wired(inputs)),
    );
    if (changes === undefined) throw new Error("the front does not say whether anything differs");
    return { changes, replaces: replaces ?? [], deleteBeforeReplace: deleteBeforeReplace ?? false };
  }

  /** A dynamic provider is not asked for previews: there the engine takes the arguments for the outputs. */
  async previewCreate(_resource: Resource, inputs: Properties) {
    return inputs;
  }

  async create(resource: Resource, inputs: Properties) {
    const { id, outs } = await this.#call(resource, (provider) => provider.create(wired(inputs)));
    return { id, outputs: withText(outs ?? {}, inputs) };
  }

  /** As for a create. */
  async previewUpdate(_resource: Resource, _held: Held, inputs: Properties) {
    return inputs;
  }

  async update(resource: Resource, { id, outputs }: Held, inputs: Properties) {
    const { outs } = await this.#call(resource, (provider) =>
      provider.update(id, wired(outputs), wired(inputs)),
    );
    return withText(outs ?? {}, inputs);
  }

  async read(resource: Resource, held: Held) {
    const { id, props } = await this.#call(resource, (provider) =>
      provider.read(held.id, wired(held.outputs)),
    );
    // An empty id is how a provider says that there is nothing; the arguments stay as the program has them.
    return id ? { id, inputs: held.inputs, outputs: withText(props ?? {}, held.outputs) } : undefined;
  }

  find(resource: Resource, id: string) {
    const inputs = this.declared(resource, {});
    return this.read(resource, { id, inputs, outputs: inputs });
  }

  async delete(resource: Resource, { id, outputs }: Held) {
    await this.#call(resource, (provider) => provider.delete(id, wired(outputs)));
  }

  async close() {}

  async #call<T>({ type }: Resource, run: (provider: Provider) => Promise<T>): Promise<T> {
    const provider = this.#providers.get(type) ?? (await this.#provider(type));
    try {
      return await run(provider);
    } catch (error) {
      const { message, id, properties, reasons, stack } = error as Error & DynamicFailure;
      // Pulumi prints the stack of what is thrown, and it would help nobody.
      if (stack !== "") throw error;
      if (id === undefined) throw new Refused(message);
      throw new Refused(message, { id, outputs: wired(properties ?? {}), reasons: reasons ?? [] });
    }
  }

  async #provider(type: string): Promise<Provider> {
    const provider = this.#front.provider(type) as Provider;
    this.#providers.set(type, provider);
    const get = (name: string) => this.#settings[name.replace(/^openstack-snapshots:/, "")];
    await provider.configure({ config: { get } as dynamic.Config });
    return provider;
  }
}

interface DynamicFailure {
  id?: string;
  properties?: Properties;
  reasons?: string[];
}

/** Properties as they come out at the other end of the wire. @throws for what cannot be written, e.g. `undefined` */
function wired(properties: Properties): Properties {
  return Struct.fromJavaScript(properties as Parameters<typeof Struct.fromJavaScript>[0]).toJavaScript();
}

function withText(answer: Properties, asked: Properties): Properties {
  return wired({ ...answer, __provider: asked.__provider });
}
