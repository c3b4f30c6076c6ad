import * as grpc from "@grpc/grpc-js";
import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";
import { pluginService } from "./service";
import type { Session } from "./session";

/** Messages of the engine can be as large as a stack's state. */
const unlimited = -1;

/** Serves one provider over gRPC. @returns the server, and the free port of loopback that it listens on */
export function listen(session: Session): { server: grpc.Server; port: Promise<number> } {
  const server = new grpc.Server({
    "grpc.max_receive_message_length": unlimited,
    "grpc.max_send_message_length": unlimited,
  });
  server.addService(ResourceProviderService, { ...pluginService(session) });
  const port = new Promise<number>((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, number) =>
      error ? reject(error) : resolve(number),
    );
  });
  return { server, port };
}
