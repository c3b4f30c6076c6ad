import { once } from "node:events";
import { createServer } from "node:net";

// Below the ports that systems give to outgoing connections, so that none of these takes it in the meantime.
const lowest = 18_000;
const highest = 31_000;

/** A port of loopback on which nobody listens. */
export async function freePort(): Promise<number> {
  for (let attempt = 0; attempt < 100; attempt++) {
    const port = lowest + Math.floor(Math.random() * (highest - lowest));
    const server = createServer();
    server.listen(port, "127.0.0.1");
    try {
      await once(server, "listening");
    } catch {
      continue;
    }
    server.close();
    await once(server, "close");
    return port;
  }
  throw new Error("there is no free port");
}
