import type { handleUnaryCall, ServiceError } from "@grpc/grpc-js";
import { type PluginAttach, PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import type { IResourceProviderServer } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as wire from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import type { CheckFailure, Properties } from "../../core/resource/lifecycle";
import { sameJson } from "../../core/values";
import { version } from "../../core/version";
import type { Subject } from "../contexts";
import type { Old } from "../declared";
import { detailsOf } from "../detail";
import { diffResponse } from "../difference";
import { invoke } from "../invoke";
import { parseUrn } from "../urn";
import { failureOf } from "./failure";
import schema from "./schema.json";
import { type Session, subjectOf, typeIn } from "./session";
import { checkSettings, settingsAsTexts } from "./settings";
import { type Received, received, receivedOf, sent, sentOutputs } from "./values";

/** The part of Pulumi's ResourceProvider service that this plugin offers; gRPC refuses the rest as unimplemented. */
export type PluginService = Pick<
  IResourceProviderServer,
  | "handshake"
  | "getSchema"
  | "checkConfig"
  | "diffConfig"
  | "configure"
  | "check"
  | "diff"
  | "create"
  | "read"
  | "update"
  | "delete"
  | "invoke"
  | "cancel"
  | "attach"
  | "getPluginInfo"
>;

/** The lifecycles as the engine calls them. */
export function pluginService(session: Session): PluginService {
  return {
    handshake: answer(() => {
      const response = new wire.ProviderHandshakeResponse();
      response.setAcceptSecrets(true);
      return response;
    }),

    getSchema: answer(() => new wire.GetSchemaResponse().setSchema(JSON.stringify(schema))),

    checkConfig: answer((request: wire.CheckRequest) => {
      const { values, secrets } = received(request.getNews());
      const settings = settingsAsTexts(values);
      return checkResponse(sent(settings, secrets), checkSettings(settings, session.where));
    }),

    // Another address or token is the same cloud by another way: no reason to replace what is in it.
    diffConfig: answer((request: wire.DiffRequest) => {
      const [olds, news] = [request.getOlds(), request.getNews()].map((given) =>
        settingsAsTexts(received(given).values),
      ) as [Properties, Properties];
      const names = [...new Set([...Object.keys(olds), ...Object.keys(news)])];
      const changes = names
        .filter((name) => !sameJson(olds[name], news[name]))
        .map((property) => ({ property, kind: "update" }) as const);
      const details = detailsOf(changes, olds, news);
      return diffResponse({ changes, details, deleteBeforeReplace: false });
    }),

    configure: answer((request: wire.ConfigureRequest) => {
      session.configure(received(request.getArgs()).values, request.getId());
      const response = new wire.ConfigureResponse();
      response.setAcceptsecrets(true);
      response.setSupportspreview(true);
      return response;
    }),

    check: answer(async (request: wire.CheckRequest) => {
      const olds = receivedFor(request, request.getOlds());
      const news = receivedFor(request, request.getNews());
      const subject = subjectOf(request.getUrn(), news);
      const seed = request.getRandomseed_asU8();
      const checked = await session.host.check(
        subject,
        olds.values,
        news.values,
        seed.length > 0 ? seed : undefined,
      );
      return checkResponse(sent(checked.inputs, news.secrets), checked.failures);
    }),

    diff: answer(async (request: wire.DiffRequest) => {
      const news = receivedFor(request, request.getNews());
      const old = oldOf(request);
      const subject = subjectOf(request.getUrn(), news, {}, request.getIgnorechangesList());
      const run = () => session.host.diff(subject, request.getId(), old, news.values);
      return diffResponse(await telling(subject, news, run));
    }),

    create: answer(async (request: wire.CreateRequest) => {
      const news = receivedFor(request, request.getProperties());
      const { values } = news;
      const response = new wire.CreateResponse();
      const subject = subjectOf(request.getUrn(), news, { create: request.getTimeout() });
      if (request.getPreview())
        return response.setProperties(
          sentOutputs(await telling(subject, news, () => session.host.previewCreate(subject, values)), news),
        );
      const { id, outputs } = await telling(subject, news, () => session.host.create(subject, values));
      return response.setId(id).setProperties(sentOutputs(outputs, news));
    }),

    read: answer(async (request: wire.ReadRequest) => {
      const state = receivedFor(request, request.getProperties());
      const inputs = receivedFor(request, request.getInputs());
      const old = { state: state.values, inputs: inputs.values };
      const found = await session.host.read(subjectOf(request.getUrn(), state), request.getId(), old);
      const response = new wire.ReadResponse();
      if (found === undefined) return response;
      const secrets = new Set([...state.secrets, ...inputs.secrets]);
      return response
        .setId(found.id)
        .setProperties(sentOutputs(found.outputs, inputs, secrets))
        .setInputs(sent(found.inputs, secrets));
    }),

    update: answer(async (request: wire.UpdateRequest) => {
      const news = receivedFor(request, request.getNews());
      const { values } = news;
      const old = oldOf(request);
      const response = new wire.UpdateResponse();
      const limit = { update: request.getTimeout() };
      const subject = subjectOf(request.getUrn(), news, limit, request.getIgnorechangesList());
      if (request.getPreview())
        return response.setProperties(
          sentOutputs(
            await telling(subject, news, () => session.host.previewUpdate(subject, old, values)),
            news,
          ),
        );
      const run = () => session.host.update(subject, request.getId(), old, values);
      return response.setProperties(sentOutputs(await telling(subject, news, run), news));
    }),

    delete: answer(async (request: wire.DeleteRequest) => {
      const state = receivedFor(request, request.getProperties());
      const subject = subjectOf(request.getUrn(), state, { delete: request.getTimeout() });
      await telling(subject, state, () => session.host.delete(subject, request.getId(), state.values));
      return new Empty();
    }),

    invoke: answer(async (request: wire.InvokeRequest) => {
      const { values, secrets } = received(request.getArgs());
      const type = typeIn(request.getTok());
      const result = (await invoke(type, values, session.clients, session.cancelled)) as Properties;
      const all = secrets.size > 0 ? new Set(Object.keys(result)) : secrets;
      return new wire.InvokeResponse().setReturn(sent(result, all));
    }),

    cancel: answer(() => {
      session.cancel();
      return new Empty();
    }),

    // By `PULUMI_DEBUG_PROVIDERS` an engine uses a plugin that runs already, and says where it is by this call.
    attach: answer((request: PluginAttach) => {
      session.attach(request.getAddress());
      return new Empty();
    }),

    getPluginInfo: answer(() => new PluginInfo().setVersion(version)),
  };
}

/** Properties of the resource that a request is about. */
function receivedFor(request: { getUrn(): string }, struct: Parameters<typeof received>[0]): Received {
  return receivedOf(typeIn(parseUrn(request.getUrn()).token), struct);
}

function oldOf(request: wire.DiffRequest | wire.UpdateRequest): Required<Old> {
  return { state: received(request.getOlds()).values, inputs: received(request.getOldInputs()).values };
}

/** What came of an operation that failed, for the engine. */
class OperationError extends Error {
  constructor(readonly failure: ServiceError) {
    super(failure.message);
  }
}

async function telling<T>({ hide }: Subject, received: Received, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    throw new OperationError(failureOf(error, received, hide));
  }
}

function answer<Request, Response>(
  run: (request: Request) => Response | Promise<Response>,
): handleUnaryCall<Request, Response> {
  return (call, callback) => {
    Promise.resolve()
      .then(() => run(call.request))
      .then(
        (response) => callback(null, response),
        (error) => callback(error instanceof OperationError ? error.failure : failureOf(error), null),
      );
  };
}

function checkResponse(
  inputs: ReturnType<typeof sent>,
  failures: readonly CheckFailure[],
): wire.CheckResponse {
  const response = new wire.CheckResponse();
  response.setInputs(inputs);
  response.setFailuresList(
    failures.map(({ property, reason }) => {
      const failure = new wire.CheckFailure();
      failure.setProperty(property);
      failure.setReason(reason);
      return failure;
    }),
  );
  return response;
}
