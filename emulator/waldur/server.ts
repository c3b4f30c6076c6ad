import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { type FaultAction, type FaultInjector, proxyPage, troubleOf } from "../http/faults";
import { authenticate } from "./api/authenticate";
import { looseBody, parseBody, readText } from "./api/body";
import type { Call } from "./api/call";
import { describeRoute } from "./api/describe";
import { crash, notFoundPage, Refusal, type Reply } from "./api/errors";
import { languageOf, rendererOf } from "./api/negotiation";
import { matchRoute, type Route } from "./api/routes";
import type { Json, User } from "./model";
import type { World } from "./world";

/** A request that the emulator saw. */
export interface RequestRecord {
  method: string;
  /** As sent, without the query. */
  path: string;
  /** `GET /api/openstack-snapshots/{uuid}/`; the bare path when no route matches. */
  route: string;
  query: URLSearchParams;
  body: Json | undefined;
  /** Who asked, or null. */
  actor: string | null;
  /** The status that was sent, or 0 when the connection was dropped instead. */
  status: number;
  /** Milliseconds since the epoch, by the emulator's clock. */
  time: number;
  /** The fault that hit it. */
  fault: FaultAction["kind"] | null;
}

const nobody: User = {
  pk: 0,
  uuid: "",
  name: "",
  created: "",
  modified: "",
  username: "",
  fullName: "",
  civilNumber: "",
  token: "",
  password: "",
  isStaff: false,
  isSupport: false,
  roles: {},
};

interface Prepared {
  reply: Reply;
  /** The route, if the path has one. */
  route: Route | undefined;
}

/** Builds the HTTP server of a world. Every request is noted in `log`. */
export function buildServer(world: World, faults: FaultInjector, log: RequestRecord[]): Server {
  return createServer((request, response) => {
    serve(world, faults, log, request, response).catch((error: unknown) => {
      response.statusCode = 500;
      response.end(`the emulator itself failed: ${error instanceof Error ? error.stack : error}`);
    });
  });
}

async function serve(
  world: World,
  faults: FaultInjector,
  log: RequestRecord[],
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const text = await readText(request);
  const method = request.method ?? "GET";
  const [path = "/", search = ""] = (request.url ?? "/").split(/\?(.*)/s);
  const query = new URLSearchParams(search);
  const template = matchRoute(path)?.route.template;
  const route = template === undefined ? null : `${method} ${template}`;
  const record: RequestRecord = {
    method,
    path,
    route: route ?? `${method} ${path}`,
    query,
    body: looseBody(text),
    actor: null,
    status: 0,
    time: world.clock.now(),
    fault: null,
  };
  log.push(record);
  const action = faults.take({ method, route, path, query, body: record.body });
  record.fault = action?.kind ?? null;
  if (action?.kind === "drop") {
    request.socket.destroy();
    return;
  }
  world.advance();
  const prepared =
    action?.kind === "answer" ? faultReply(action) : prepare(world, record, request, text, troubleOf(action));
  if (action?.kind === "dropAnswer") {
    request.socket.destroy();
    return;
  }
  if (action?.kind === "delay") await world.clock.sleep(action.ms);
  record.status = prepared.reply.status;
  send(world, request, response, prepared, action);
}

function faultReply(action: Extract<FaultAction, { kind: "answer" }>): Prepared {
  const { status, headers = {} } = action;
  const body = action.body ?? (status >= 500 ? proxyPage(status) : { detail: `${status}` });
  return { reply: { status, body, headers }, route: undefined };
}

function prepare(
  world: World,
  record: RequestRecord,
  request: IncomingMessage,
  text: string,
  trouble: World["incoming"],
): Prepared {
  const match = matchRoute(record.path);
  if (match === undefined) {
    // Django sends every method to the path with a slash, without looking at the token (recording 02).
    const slashed = record.path.endsWith("/") ? undefined : matchRoute(`${record.path}/`);
    if (slashed === undefined) return { reply: { status: 404, body: notFoundPage }, route: undefined };
    const search = record.query.size === 0 ? "" : `?${record.query}`;
    return { reply: { status: 301, headers: { Location: `${record.path}/${search}` } }, route: undefined };
  }
  world.incoming = trouble;
  try {
    return { reply: handle(world, record, request, text, match), route: match.route };
  } catch (error) {
    const refusal = error instanceof Refusal ? error : crash();
    if (!(error instanceof Refusal)) console.error(error);
    return { reply: refusal.reply, route: refusal.reply.status === 500 ? undefined : match.route };
  } finally {
    world.incoming = undefined;
  }
}

function handle(
  world: World,
  record: RequestRecord,
  request: IncomingMessage,
  text: string,
  { route, uuid }: { route: Route; uuid: string },
): Reply {
  const renderer = rendererOf(request.headers.accept, record.query.get("format"));
  const user = route.open ? nobody : authenticate(world, request.headers.authorization);
  record.actor = route.open ? null : user.username;
  if (record.method === "OPTIONS") return { status: 200, body: describeRoute(route.template) };
  const method = record.method === "HEAD" ? "GET" : record.method;
  const handler = route.handlers[method as keyof Route["handlers"]];
  if (handler === undefined) {
    return { status: 405, body: { detail: `Method "${record.method}" not allowed.` } };
  }
  const origin = `http://${request.headers.host ?? "127.0.0.1"}`;
  const writes = method !== "GET" && method !== "DELETE";
  const call: Call = {
    world,
    view: { world, origin },
    method: record.method,
    user,
    uuid,
    query: record.query,
    path: record.path,
    body: writes ? parseBody(text, request.headers["content-type"]) : undefined,
  };
  const reply = handler(call);
  return renderer === "html" && reply.status === 200 ? browsable(reply) : reply;
}

/** The page that browsers get; only its being HTML matters here (recording 02). */
function browsable(reply: Reply): Reply {
  const json = JSON.stringify(reply.body, null, 4);
  return {
    ...reply,
    body: `<!DOCTYPE html>\n<html><head><title>Waldur MasterMind REST API</title></head><body><pre>${json}</pre></body></html>\n`,
  };
}

function send(
  world: World,
  request: IncomingMessage,
  response: ServerResponse,
  { reply, route }: Prepared,
  action: FaultAction | undefined,
): void {
  response.statusCode = reply.status;
  response.sendDate = false;
  response.setHeader("Date", new Date(world.clock.now()).toUTCString());
  response.setHeader("Content-Language", languageOf(request.headers["accept-language"]));
  const html = typeof reply.body === "string";
  if (route !== undefined) {
    response.setHeader("Vary", html ? "Accept, Cookie, Accept-Language" : "Accept, Accept-Language, Cookie");
    response.setHeader("Allow", route.allow);
  } else {
    response.setHeader("Vary", "Accept-Language, Cookie");
  }
  for (const [name, value] of Object.entries(reply.headers ?? {})) response.setHeader(name, value);
  let payload = reply.body === undefined ? "" : html ? `${reply.body}` : JSON.stringify(reply.body);
  if (reply.body !== undefined || reply.status === 301) {
    response.setHeader(
      "Content-Type",
      html || reply.status === 301 ? "text/html; charset=utf-8" : "application/json",
    );
  }
  if (action?.kind === "garble") {
    payload =
      action.how === "truncated" ? payload.slice(0, Math.floor(payload.length / 2)) : "<!-- not JSON -->";
  }
  if (reply.status !== 204) response.setHeader("Content-Length", Buffer.byteLength(payload));
  response.end(request.method === "HEAD" || reply.status === 204 ? undefined : payload);
}
