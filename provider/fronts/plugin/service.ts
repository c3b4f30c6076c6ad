import type { handleUnaryCall } from "@grpc/grpc-js";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import type { IResourceProviderServer } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as wire from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { namespace } from "../../core/backend";
import { messageOf } from "../../core/errors";
import { checkInputs, wrongArguments } from "../../core/resource/check";
import type { CheckFailure, Properties } from "../../core/resource/lifecycle";
import { sameJson } from "../../core/values";
import { version } from "../../core/version";
import { refuseDifferences } from "../adoption";
import { forPoliciesKey, withForPolicies } from "../forPolicies";
import { invoke } from "../invoke";
import { withDeclared } from "./declared";
import { diffResponse } from "./difference";
import { failureOf } from "./failure";
import { createdPreview, updatedPreview } from "./preview";
import schema from "./schema.json";
import type { Session } from "./session";
import { checkSettings } from "./settings";
import { received, sent } from "./values";

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
      return checkResponse(sent(values, secrets), checkSettings(values));
    }),

    // Another address or token is the same cloud by another way: no reason to replace what is in it.
    diffConfig: answer((request: wire.DiffRequest) => {
      const [olds, news] = [received(request.getOlds()).values, received(request.getNews()).values];
      const names = [...new Set([...Object.keys(olds), ...Object.keys(news)])];
      const changed = names.filter((name) => !sameJson(olds[name], news[name]));
      return diffResponse(
        changed.map((property) => ({ property, kind: "update" })),
        olds,
        news,
        false,
      );
    }),

    configure: answer((request: wire.ConfigureRequest) => {
      session.configure(received(request.getArgs()).values);
      const response = new wire.ConfigureResponse();
      response.setAcceptsecrets(true);
      response.setSupportspreview(true);
      return response;
    }),

    check: answer((request: wire.CheckRequest) => {
      const urn = request.getUrn();
      const { lifecycle, identity } = session.subject(urn);
      const olds = received(request.getOlds());
      const news = received(request.getNews());
      if (Object.keys(olds.values).length > 0) session.operations.hold(lifecycle, identity);
      const context = session.context(urn, "create");
      const { inputs, failures } = checkInputs(lifecycle, news.values, olds.values, context);
      const old = { own: olds.values, forPolicies: olds.forPolicies };
      const noted = withForPolicies(inputs, news.forPolicies, old, context.clock);
      return checkResponse(sent(noted, news.secrets), failures);
    }),

    diff: answer(async (request: wire.DiffRequest) => {
      const { lifecycle, identity } = session.subject(request.getUrn());
      session.operations.hold(lifecycle, identity, request.getId());
      const news = received(request.getNews()).values;
      const olds = stateBefore(request);
      const changes = lifecycle.diff(olds, news);
      // Engines differ in what they do with an import that is not as declared: some go on and update it.
      if (session.imported.has(request.getUrn()))
        refuseDifferences(lifecycle, request.getId(), changes, news, olds);
      if (changes.length > 0 && lifecycle.permit) {
        const context = session.context(request.getUrn(), "update");
        await lifecycle.permit(request.getId(), olds, news, changes, context);
      }
      return diffResponse(changes, olds, news, lifecycle.deleteBeforeReplace ?? false);
    }),

    create: answer(async (request: wire.CreateRequest) => {
      const { lifecycle } = session.subject(request.getUrn());
      const { values, secrets } = received(request.getProperties());
      const response = new wire.CreateResponse();
      if (request.getPreview()) {
        // Only here is it certain that this is no import.
        const wrong = lifecycle.checkNew?.(values, session.context(request.getUrn(), "create")) ?? [];
        if (wrong.length > 0) throw wrongArguments(wrong);
        return response.setProperties(sent(createdPreview(lifecycle, values), secrets));
      }
      const context = session.context(request.getUrn(), "create", request.getTimeout());
      const { id, outputs } = await keepingSecrets(secrets, () => lifecycle.create(values, context));
      return response.setId(id).setProperties(sent(outputs, secrets));
    }),

    read: answer(async (request: wire.ReadRequest) => {
      const urn = request.getUrn();
      const { lifecycle, identity } = session.subject(urn);
      const state = received(request.getProperties());
      const before = received(request.getInputs());
      const response = new wire.ReadResponse();
      session.operations.hold(lifecycle, identity, request.getId());
      const found = await lifecycle.read(request.getId(), session.context(urn, "update"), state.values);
      if (found === undefined) return response;
      const secrets = new Set([...state.secrets, ...before.secrets]);
      // A refresh leaves the arguments as the program has them; an import has none yet, and gets them all.
      const imported = Object.keys(before.values).length === 0;
      if (imported) session.imported.add(urn);
      const inputs = imported ? found.inputs : { ...before.values, [forPoliciesKey]: before.forPolicies };
      return response
        .setId(found.id)
        .setProperties(sent(found.outputs, secrets))
        .setInputs(sent(inputs, secrets));
    }),

    update: answer(async (request: wire.UpdateRequest) => {
      const { lifecycle } = session.subject(request.getUrn());
      const news = received(request.getNews());
      const olds = stateBefore(request);
      const response = new wire.UpdateResponse();
      if (request.getPreview()) {
        const changes = lifecycle.diff(olds, news.values);
        const known = updatedPreview(lifecycle, changes, olds, news.values);
        return response.setProperties(sent(known, news.secrets));
      }
      const context = session.context(request.getUrn(), "update", request.getTimeout());
      const run = () => lifecycle.update(request.getId(), olds, news.values, context);
      return response.setProperties(sent(await keepingSecrets(news.secrets, run), news.secrets));
    }),

    delete: answer(async (request: wire.DeleteRequest) => {
      const { lifecycle } = session.subject(request.getUrn());
      const { values } = received(request.getProperties());
      const context = session.context(request.getUrn(), "delete", request.getTimeout());
      await lifecycle.delete(request.getId(), values, context);
      return new Empty();
    }),

    invoke: answer(async (request: wire.InvokeRequest) => {
      const { values, secrets } = received(request.getArgs());
      const type = request.getTok().slice(namespace.length + 1);
      const result = (await invoke(type, values, session.operations)) as Record<string, unknown>;
      const all = secrets.size > 0 ? new Set(Object.keys(result)) : secrets;
      return new wire.InvokeResponse().setReturn(sent(result, all));
    }),

    cancel: answer(() => {
      session.cancel();
      return new Empty();
    }),

    attach: answer(() => new Empty()),

    getPluginInfo: answer(() => new PluginInfo().setVersion(version)),
  };
}

function stateBefore(request: wire.DiffRequest | wire.UpdateRequest): Properties {
  return withDeclared(received(request.getOlds()).values, received(request.getOldInputs()));
}

/** An error of an operation, with the names of the properties that were secret in its arguments. */
class OperationError extends Error {
  constructor(
    override readonly cause: unknown,
    readonly secrets: ReadonlySet<string>,
  ) {
    super(messageOf(cause));
  }
}

async function keepingSecrets<T>(secrets: ReadonlySet<string>, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    throw new OperationError(error, secrets);
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
        (error) =>
          callback(
            error instanceof OperationError ? failureOf(error.cause, error.secrets) : failureOf(error),
            null,
          ),
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
