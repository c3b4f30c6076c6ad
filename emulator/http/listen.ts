import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { createAdaptorServer } from "@hono/node-server";
import type { App } from "./app";

/** Where to listen. */
export interface ListenOptions {
  /** 0 (the default): any free port. */
  port?: number | undefined;
  /** 127.0.0.1 by default. */
  host?: string | undefined;
  /** Has the application answer in another way than on a port, e.g. within this process. */
  mount?: ((app: App) => Listening) | undefined;
}

/** An application that answers on a port. */
export interface Listening {
  /** `http://127.0.0.1:PORT`. */
  origin: string;
  /** Stops the server and cuts open connections. */
  close(): Promise<void>;
}

/** So long an idle connection is kept. */
const keepAliveMs = 60_000;

/** Has an application answer on a port, or as the options say. @throws Error when the port is taken */
export async function listen(
  app: App,
  { port = 0, host = "127.0.0.1", mount }: ListenOptions = {},
): Promise<Listening> {
  if (mount !== undefined) return mount(app);
  const name = host.includes(":") ? `[${host}]` : host;
  // The globals belong to the process that the emulator runs in.
  const server = createAdaptorServer({
    fetch: app.fetch,
    hostname: name,
    overrideGlobalObjects: false,
  }) as Server;
  // Node's 5 s can be over in the middle of a request where the machine is busy; its answer is lost then.
  server.keepAliveTimeout = keepAliveMs;
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, resolve);
  });
  const address = server.address() as AddressInfo;
  return {
    origin: `http://${name}:${address.port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
