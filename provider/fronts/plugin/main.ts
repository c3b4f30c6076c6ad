import * as grpc from "@grpc/grpc-js";
import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";
import { pluginService } from "./service";
import { Session } from "./session";

/** Messages of the engine can be as large as a stack's state. */
const unlimited = -1;
const watchMs = 2000;

/**
 * Runs the plugin: serves on a loopback port, says on standard output which, and ends with the engine.
 *
 * @param engine address of the engine, as it passes it on the command line
 */
export function servePlugin(engine: string | undefined): void {
  const server = new grpc.Server({
    "grpc.max_receive_message_length": unlimited,
    "grpc.max_send_message_length": unlimited,
  });
  const session = new Session(engine);
  server.addService(ResourceProviderService, { ...pluginService(session) });
  server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) => {
    if (error) throw error;
    console.log(String(port));
  });

  // The engine ends a plugin with an interrupt, and so does who presses Ctrl-C where both share a terminal. Whatever
  // is under way is stopped, and its answer sent, so that what was created stays in the state.
  const end = () => {
    session.cancel();
    server.tryShutdown(() => process.exit(0));
  };
  process.on("SIGINT", end);
  process.on("SIGTERM", end);
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) process.exit(0);
  }, watchMs).unref();
}
