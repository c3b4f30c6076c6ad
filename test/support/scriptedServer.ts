import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from "node:http";
import { createServer as createSecureServer } from "node:https";
import type { AddressInfo } from "node:net";

/** What the server does with one request. */
export type Step =
  | { status: number; headers?: Record<string, string>; body?: unknown }
  /** The connection breaks without an answer. */
  | "reset"
  /** The connection breaks in the middle of the answer's body. */
  | "cut"
  /** There is never an answer. */
  | "silence";

/** A request as it came in. */
export interface Seen {
  method: string;
  /** Path and query. */
  url: string;
  headers: IncomingMessage["headers"];
  body: string;
}

/** A server on loopback that does what it is told, step by step. */
export interface ScriptedServer {
  origin: string;
  port: number;
  requests: Seen[];
  close(): Promise<void>;
}

/**
 * Starts a server that takes one step for each request; the last one is repeated.
 *
 * @param tls key and certificate, PEM, for https
 */
export async function scripted(
  steps: readonly Step[] | ((request: Seen) => Step),
  options: { port?: number; tls?: { key: string; cert: string } } = {},
): Promise<ScriptedServer> {
  const requests: Seen[] = [];
  const answer: RequestListener = async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { method = "", url = "", headers } = request;
    const seen = { method, url, headers, body: Buffer.concat(chunks).toString("utf8") };
    requests.push(seen);
    const step =
      typeof steps === "function" ? steps(seen) : steps[Math.min(requests.length, steps.length) - 1];
    if (step) take(step, request, response);
  };
  const server = options.tls ? createSecureServer(options.tls, answer) : createServer(answer);
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port ?? 0, "127.0.0.1", resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    origin: `${options.tls ? "https" : "http"}://127.0.0.1:${port}`,
    port,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function take(step: Step, request: IncomingMessage, response: ServerResponse): void {
  if (step === "silence") return;
  if (step === "reset") {
    request.socket.destroy();
    return;
  }
  if (step === "cut") {
    response.writeHead(200, { "content-type": "application/json", "content-length": "1000" });
    response.write('{"half":', () => request.socket.destroy());
    return;
  }
  const { status, headers = {}, body } = step;
  response.writeHead(status, { "content-type": "application/json", ...headers });
  response.end(body === undefined ? "" : typeof body === "string" ? body : JSON.stringify(body));
}
