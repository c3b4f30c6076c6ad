import { once } from "node:events";
import {
  Agent,
  createServer,
  type IncomingMessage,
  type OutgoingHttpHeaders,
  request,
  type ServerResponse,
} from "node:http";
import type { AddressInfo, Socket } from "node:net";

/** A request that went through, or that a fault kept. */
export interface Passed {
  method: string;
  /** Path below the project, ids as `{id}`, e.g. `/snapshots/{id}/metadata`. */
  path: string;
  /** Path and query as sent. */
  url: string;
  /** Read as JSON; undefined where there is none. */
  // biome-ignore lint/suspicious/noExplicitAny: tests look into bodies as they come
  body?: any;
  headers: IncomingMessage["headers"];
  /** Status of Cinder's answer; undefined where there was none (yet). */
  status?: number;
  /** Cinder's answer, read as JSON. */
  // biome-ignore lint/suspicious/noExplicitAny: tests look into bodies as they come
  answer?: any;
}

/** What is done to requests instead of passing them on and back. */
export interface Fault {
  /** e.g. `POST /snapshots`; ids as `{id}`. */
  route: string;
  /** How many requests it meets. Default: 1. */
  times?: number;
  /** How many requests pass before it. Default: 0. */
  after?: number;
  /** Whether Cinder carries the request out all the same. Default: true. */
  carriedOut?: boolean;
  /** What the client gets: a broken connection, or this answer. */
  answer: "lost" | { status: number; headers?: Record<string, string>; body?: unknown };
}

const reading = new Set(["GET", "HEAD", "OPTIONS"]);

/** A server in front of Cinder that counts, and that can lose answers. */
export class CountingProxy {
  /** Every request since the last reset, in order. */
  readonly requests: Passed[] = [];
  /** What is to go wrong. */
  readonly faults: Fault[] = [];
  /** Called for each request before it is passed on, which waits for what is returned. */
  before: ((passed: Passed) => void | Promise<void>) | undefined;
  /** The newest microversion that Cinder claims to know, where it is to look older than it is. */
  newest: string | undefined;
  /** Most connections that were open at a time. */
  peakConnections = 0;
  readonly #upstream: { hostname: string; port: string };
  // Idle connections end long before Cinder ends them, so that none breaks just when it is used again.
  readonly #agent = new Agent({ keepAlive: true, timeout: 5_000, maxSockets: 64 });
  readonly #server = createServer({ keepAliveTimeout: 60_000 }, (incoming, outgoing) => {
    // Where Cinder is not there, the client sees a connection that breaks.
    this.#handle(incoming, outgoing).catch(() => incoming.socket.destroy());
  });

  private constructor(upstream: string) {
    const { hostname, port } = new URL(upstream);
    this.#upstream = { hostname, port };
    const sockets = new Set<Socket>();
    this.#server.on("connection", (socket: Socket) => {
      sockets.add(socket);
      this.peakConnections = Math.max(this.peakConnections, sockets.size);
      socket.on("close", () => sockets.delete(socket));
      socket.on("error", () => undefined);
    });
    // A client that keeps its connections longer than this server would meet broken ones.
    this.#server.keepAliveTimeout = 120_000;
  }

  /** Starts one on a free port. @param upstream root of the Cinder, `http://127.0.0.1:PORT` */
  static async start(upstream: string): Promise<CountingProxy> {
    const proxy = new CountingProxy(upstream);
    proxy.#server.listen(0, "127.0.0.1");
    await once(proxy.#server, "listening");
    return proxy;
  }

  /** `http://127.0.0.1:PORT`. */
  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Method and path of the requests that could change something, since the last reset. */
  get writes(): string[] {
    return this.requests
      .filter(({ method }) => !reading.has(method))
      .map(({ method, path }) => `${method} ${path}`);
  }

  /** Requests of a route, e.g. `POST /snapshots`, since the last reset. */
  on(route: string): Passed[] {
    return this.requests.filter(({ method, path }) => `${method} ${path}` === route);
  }

  /** Forgets the requests seen so far. */
  reset(): void {
    this.requests.length = 0;
  }

  async close(): Promise<void> {
    this.#server.close();
    this.#server.closeAllConnections();
    this.#agent.destroy();
    await once(this.#server, "close");
  }

  async #handle(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const body = await whole(incoming);
    const { method = "", url = "", headers } = incoming;
    const passed: Passed = { method, url, path: pathOf(url), headers, body: parsed(body) };
    this.requests.push(passed);
    await this.before?.(passed);
    const fault = take(this.faults, `${method} ${passed.path}`);
    const reply = fault?.carriedOut === false ? undefined : await this.#forward(incoming, body);
    if (reply && this.newest !== undefined) older(reply, this.newest);
    if (reply) {
      passed.status = reply.status;
      passed.answer = parsed(reply.body);
    }
    if (fault && fault.answer !== "lost") {
      const { status, headers: own = {}, body: text = "" } = fault.answer;
      outgoing.writeHead(status, { "content-type": "application/json", ...own });
      outgoing.end(typeof text === "string" ? text : JSON.stringify(text));
    } else if (fault || !reply) {
      incoming.socket.destroy();
    } else {
      outgoing.writeHead(reply.status, reply.headers);
      outgoing.end(reply.body);
    }
  }

  async #forward({ method, url, headers }: IncomingMessage, body: Buffer): Promise<Reply> {
    const onward = request({ agent: this.#agent, ...this.#upstream, method, path: url, headers });
    onward.end(body);
    const [answer] = (await once(onward, "response")) as [IncomingMessage];
    const text = await whole(answer);
    // The body is passed on whole, so what spoke of its transfer is no longer true.
    const { "transfer-encoding": _, connection: __, "keep-alive": ___, ...kept } = answer.headers;
    const length = answer.statusCode === 204 ? {} : { "content-length": text.length };
    return { status: answer.statusCode ?? 0, headers: { ...kept, ...length }, body: text };
  }
}

/** What Cinder said. */
interface Reply {
  status: number;
  headers: OutgoingHttpHeaders;
  body: Buffer;
}

/** Has a list of versions end with this one. */
function older(reply: Reply, newest: string): void {
  const answer = parsed(reply.body) as { versions?: { version?: string }[] } | undefined;
  if (!Array.isArray(answer?.versions)) return;
  for (const each of answer.versions) if (each.version) each.version = newest;
  reply.body = Buffer.from(JSON.stringify(answer));
  reply.headers["content-length"] = reply.body.length;
}

async function whole(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

function take(faults: Fault[], route: string): Fault | undefined {
  const fault = faults.find((each) => each.route === route && (each.times ?? 1) > 0);
  if (!fault) return undefined;
  if ((fault.after ?? 0) > 0) {
    fault.after = (fault.after ?? 0) - 1;
    return undefined;
  }
  fault.times = (fault.times ?? 1) - 1;
  return fault;
}

/** The path below `/v3/{project id}`, with `{id}` for ids. */
function pathOf(url: string): string {
  const { pathname } = new URL(url, "http://any");
  const below = pathname.replace(/^\/v3\/[0-9a-f]{32}(?=\/|$)/, "");
  return below.replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, "{id}");
}

function parsed(body: Buffer): unknown {
  const text = body.toString("utf8");
  if (text === "") return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
