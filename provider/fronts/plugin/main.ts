import { listen } from "./server";
import { Session } from "./session";

const watchMs = 2000;

/**
 * Runs the plugin: serves on a loopback port, says on standard output which, and ends with the engine.
 *
 * @param engine address of the engine, as it passes it on the command line
 */
export function servePlugin(engine: string | undefined): void {
  const session = new Session(engine);
  const { server, port } = listen(session);
  port.then((number) => console.log(String(number)));

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
