import * as grpc from "@grpc/grpc-js";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as wire from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import type { Surroundings } from "../../../../provider/core/backend";
import type { Clock } from "../../../../provider/core/clock";
import type { Properties } from "../../../../provider/core/resource/lifecycle";
import type { Past } from "../../../../provider/fronts/creations";
import { listen } from "../../../../provider/fronts/plugin/server";
import { pluginService } from "../../../../provider/fronts/plugin/service";
import { pluginToken, Session } from "../../../../provider/fronts/plugin/session";
import { urnOf } from "../../../../provider/fronts/urn";
import { type Codec, type Diff, type Held, identity, Refused, type Resource } from "./codec";
import { directClient } from "./directClient";

const initFailed = "pulumirpc.ErrorResourceInitFailed";

/** The plugin, called over gRPC on loopback as the engine does. */
export class PluginCodec implements Codec {
  readonly importsBy = "read";

  private constructor(
    readonly client: ResourceProviderClient,
    readonly close: () => Promise<void>,
  ) {}

  /** Starts and configures it. @param settings of the package, by their names */
  static async start(settings: Record<string, string>, clock: Clock, past?: Past): Promise<PluginCodec> {
    const { server, port } = listen(new Session(undefined, clock, undefined, past));
    const client = new ResourceProviderClient(`127.0.0.1:${await port}`, grpc.credentials.createInsecure());
    return PluginCodec.#configured(client, settings, async () => {
      client.close();
      server.forceShutdown();
    });
  }

  /** The same without a connection: every message is written and read, but goes through nothing. */
  static direct(
    settings: Record<string, string>,
    clock: Clock,
    where?: Surroundings,
    past?: Past,
  ): Promise<PluginCodec> {
    const client = directClient(pluginService(new Session(undefined, clock, where, past)));
    return PluginCodec.#configured(client, settings, async () => undefined);
  }

  static async #configured(
    client: ResourceProviderClient,
    settings: Record<string, string>,
    close: () => Promise<void>,
  ): Promise<PluginCodec> {
    const codec = new PluginCodec(client, close);
    const request = new wire.ConfigureRequest().setArgs(struct(settings)).setAcceptsecrets(true);
    await codec.ask<wire.ConfigureResponse>((done) => client.configure(request, done));
    return codec;
  }

  declared(_resource: Resource, args: Properties): Properties {
    return args;
  }

  async check(resource: Resource, olds: Properties, news: Properties) {
    const request = new wire.CheckRequest().setUrn(urn(resource)).setOlds(struct(olds)).setNews(struct(news));
    const answer = await this.ask<wire.CheckResponse>((done) => this.client.check(request, done));
    const failures = answer.getFailuresList().map((failure) => failure.toObject());
    return { inputs: properties(answer.getInputs()), failures };
  }

  async diff(resource: Resource, held: Held, inputs: Properties): Promise<Diff> {
    const request = new wire.DiffRequest()
      .setUrn(urn(resource))
      .setId(held.id)
      .setOlds(struct(held.outputs))
      .setOldInputs(struct(held.inputs))
      .setNews(struct(inputs));
    return diffOf(await this.ask<wire.DiffResponse>((done) => this.client.diff(request, done)));
  }

  async previewCreate(resource: Resource, inputs: Properties) {
    const { outputs } = await this.#create(resource, inputs, true);
    return outputs;
  }

  create(resource: Resource, inputs: Properties) {
    return this.#create(resource, inputs, false);
  }

  previewUpdate(resource: Resource, held: Held, inputs: Properties) {
    return this.#update(resource, held, inputs, true);
  }

  update(resource: Resource, held: Held, inputs: Properties) {
    return this.#update(resource, held, inputs, false);
  }

  read(resource: Resource, { id, inputs, outputs }: Held) {
    return this.#read(resource, id, inputs, outputs);
  }

  find(resource: Resource, id: string) {
    return this.#read(resource, id, {}, {});
  }

  async delete(resource: Resource, { id, outputs }: Held) {
    const request = new wire.DeleteRequest()
      .setUrn(urn(resource))
      .setId(id)
      .setProperties(struct(outputs))
      .setTimeout(resource.limits?.delete ?? 0);
    await this.ask<Empty>((done) => this.client.delete(request, done));
  }

  /** What the engine sends when the user stops a run. */
  async cancel() {
    await this.ask<Empty>((done) => this.client.cancel(new Empty(), done));
  }

  /** Runs a look-up. @param type module and name, e.g. `waldur:getSnapshots` */
  async invoke(type: string, args: Properties) {
    const request = new wire.InvokeRequest().setTok(pluginToken(type)).setArgs(struct(args));
    const answer = await this.ask<wire.InvokeResponse>((done) => this.client.invoke(request, done));
    return properties(answer.getReturn());
  }

  /** Checks settings of the provider. */
  async checkConfig(settings: Properties) {
    const request = new wire.CheckRequest().setNews(struct(settings));
    const answer = await this.ask<wire.CheckResponse>((done) => this.client.checkConfig(request, done));
    const failures = answer.getFailuresList().map((failure) => failure.toObject());
    return { inputs: properties(answer.getInputs()), failures };
  }

  /** Compares settings of the provider. */
  async diffConfig(olds: Properties, news: Properties): Promise<Diff> {
    const request = new wire.DiffRequest().setOlds(struct(olds)).setNews(struct(news));
    return diffOf(await this.ask<wire.DiffResponse>((done) => this.client.diffConfig(request, done)));
  }

  async #create(resource: Resource, inputs: Properties, preview: boolean) {
    const request = new wire.CreateRequest()
      .setUrn(urn(resource))
      .setProperties(struct(inputs))
      .setTimeout(resource.limits?.create ?? 0)
      .setPreview(preview);
    const answer = await this.ask<wire.CreateResponse>((done) => this.client.create(request, done));
    return { id: answer.getId(), outputs: properties(answer.getProperties()) };
  }

  async #update(resource: Resource, held: Held, inputs: Properties, preview: boolean) {
    const request = new wire.UpdateRequest()
      .setUrn(urn(resource))
      .setId(held.id)
      .setOlds(struct(held.outputs))
      .setOldInputs(struct(held.inputs))
      .setNews(struct(inputs))
      .setTimeout(resource.limits?.update ?? 0)
      .setPreview(preview);
    const answer = await this.ask<wire.UpdateResponse>((done) => this.client.update(request, done));
    return properties(answer.getProperties());
  }

  async #read(resource: Resource, id: string, inputs: Properties, outputs: Properties) {
    const request = new wire.ReadRequest()
      .setUrn(urn(resource))
      .setId(id)
      .setInputs(struct(inputs))
      .setProperties(struct(outputs));
    const answer = await this.ask<wire.ReadResponse>((done) => this.client.read(request, done));
    // No id is how a plugin says that there is nothing.
    if (!answer.getId()) return undefined;
    return {
      id: answer.getId(),
      inputs: properties(answer.getInputs()),
      outputs: properties(answer.getProperties()),
    };
  }

  /** Sends a request. @throws Refused with what the plugin answers instead */
  ask<T>(send: (done: (error: grpc.ServiceError | null, answer: T) => void) => void): Promise<T> {
    return new Promise((resolve, reject) => {
      send((error, answer) => (error ? reject(refused(error)) : resolve(answer)));
    });
  }
}

function urn({ type, name = identity.name }: Resource): string {
  return urnOf(pluginToken(type), { ...identity, name });
}

function diffOf(answer: wire.DiffResponse): Diff {
  const detailed: Record<string, string> = {};
  answer.getDetaileddiffMap().forEach((diff, property) => {
    detailed[property] = kindName(diff.getKind());
  });
  return {
    changes: answer.getChanges() === wire.DiffResponse.DiffChanges.DIFF_SOME,
    replaces: answer.getReplacesList(),
    deleteBeforeReplace: answer.getDeletebeforereplace(),
    detailed,
  };
}

function kindName(kind: wire.PropertyDiff.Kind): string {
  const [name = ""] = Object.entries(wire.PropertyDiff.Kind).find(([, value]) => value === kind) ?? [];
  return name;
}

function struct(values: Properties): Struct {
  return Struct.fromJavaScript(values as Parameters<typeof Struct.fromJavaScript>[0]);
}

function properties(values: Struct | undefined): Properties {
  return (values?.toJavaScript() ?? {}) as Properties;
}

/** The error with the object that it may carry. */
function refused(error: grpc.ServiceError): Refused {
  const [details] = error.metadata.get("grpc-status-details-bin");
  if (!(details instanceof Buffer)) return new Refused(error.details);
  const [any] = Status.deserializeBinary(details).getDetailsList();
  const failed = any?.unpack(wire.ErrorResourceInitFailed.deserializeBinary, initFailed);
  if (!failed) throw new Error(`the details hold no ${initFailed}`);
  const outputs = properties(failed.getProperties());
  return new Refused(error.details, { id: failed.getId(), outputs, reasons: failed.getReasonsList() });
}
