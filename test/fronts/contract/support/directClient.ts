import type { MethodDefinition, ServiceError } from "@grpc/grpc-js";
import { type ResourceProviderClient, ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";
import type { PluginService } from "../../../../provider/fronts/plugin/service";

type Message = object;
type Done = (error: ServiceError | null, answer?: Message) => void;
type Handler = (call: { request: Message }, done: Done) => void;

/**
 * A client that calls the service in this process. Messages are written to bytes and read again, as on the wire, so
 * that nothing gets through that the wire would not let through.
 */
export function directClient(service: PluginService): ResourceProviderClient {
  const definitions: Record<string, MethodDefinition<Message, Message>> = { ...ResourceProviderService };
  const calls = Object.entries(service).map(([name, handler]) => {
    const { requestSerialize, requestDeserialize, responseSerialize, responseDeserialize } = definitions[
      name
    ] as MethodDefinition<Message, Message>;
    const call = (request: Message, done: Done) => {
      const received = requestDeserialize(requestSerialize(request));
      (handler as Handler)({ request: received }, (error, answer) => {
        if (error || answer === undefined) done(error);
        else done(null, responseDeserialize(responseSerialize(answer)));
      });
    };
    return [name, call];
  });
  return Object.fromEntries(calls) as ResourceProviderClient;
}
