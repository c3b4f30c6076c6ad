import { randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { proxyPage } from "../http/faults";
import { answerKeystone, keystoneRoute } from "../keystone/handlers";
import type { Keystone } from "../keystone/keystone";
import { looseBody, readText } from "../waldur/api/body";
import type { Json } from "../waldur/model";
import type { RequestRecord } from "../waldur/server";
import { answerTrilio } from "./api/answer";
import type { Reply } from "./api/errors";
import { matchRoute } from "./api/routes";
import type { TrilioFaultAction, TrilioFaultInjector } from "./faults";
import { objectOf } from "./restore/request";
import type { TrilioWorld } from "./world";

/** A request that the emulated Trilio or its Keystone saw. */
export interface TrilioRequestRecord extends Omit<RequestRecord, "fault"> {
  service: "trilio" | "keystone";
  /** Whether it could change something in Trilio; a cancel does, though it is a GET. */
  write: boolean;
  /** What the answer said as `X-Compute-Request-Id`, or null. */
  requestId: string | null;
  /** The fault that hit it. */
  fault: TrilioFaultAction["kind"] | null;
}

/** What both servers share. */
export interface Backstage {
  world: TrilioWorld;
  keystone: Keystone;
  faults: TrilioFaultInjector;
  log: TrilioRequestRecord[];
  /** `http://127.0.0.1:PORT` of each; known once both listen. */
  origins: { keystone: string; trilio: string };
}

/** Builds one of the two servers. Every request is noted in the log. */
export function buildTrilioServer(service: "trilio" | "keystone", backstage: Backstage): Server {
  return createServer((request, response) => {
    serve(service, backstage, request, response).catch((error: unknown) => {
      response.statusCode = 500;
      response.end(`the emulator itself failed: ${error instanceof Error ? error.stack : error}`);
    });
  });
}

async function serve(
  service: "trilio" | "keystone",
  backstage: Backstage,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { world, faults } = backstage;
  const text = await readText(request);
  const method = request.method ?? "GET";
  const [path = "/", search = ""] = (request.url ?? "/").split(/\?(.*)/s);
  const query = new URLSearchParams(search);
  const body = looseBody(text);
  const trilioRoute = service === "trilio" ? matchRoute(method, path)?.route : undefined;
  const route = (service === "trilio" ? trilioRoute?.name : keystoneRoute(method, path)) ?? null;
  const record: TrilioRequestRecord = {
    service,
    write: service === "trilio" && (trilioRoute?.writes ?? method !== "GET"),
    method,
    path,
    route: route ?? `${method} ${path}`,
    query,
    // Keystone's bodies hold nothing but credentials.
    body: service === "trilio" ? body : undefined,
    actor: null,
    status: 0,
    time: world.clock.now(),
    requestId: null,
    fault: null,
  };
  backstage.log.push(record);
  const action = faults.take({ method, route, path, query, body: record.body });
  record.fault = action?.kind ?? null;
  if (action?.kind === "drop") {
    request.socket.destroy();
    return;
  }
  world.advance();
  const reply =
    action?.kind === "answer"
      ? faultReply(action)
      : handle(backstage, record, request, body, route ?? undefined, action);
  if (action?.kind === "dropAnswer") {
    request.socket.destroy();
    return;
  }
  if (action?.kind === "delay") await world.clock.sleep(action.ms);
  record.status = reply.status;
  send(
    backstage,
    record,
    response,
    action?.kind === "without" ? without(reply, action.fields) : reply,
    action,
  );
}

function faultReply(action: Extract<TrilioFaultAction, { kind: "answer" }>): Reply {
  const { status, body, headers = {} } = action;
  if (body !== undefined && typeof body !== "string") return { status, body, headers };
  const page = body ?? (status >= 500 ? proxyPage(status) : `<html><body>${status}</body></html>`);
  return { status, text: { type: "text/html", content: page }, headers };
}

function handle(
  backstage: Backstage,
  record: TrilioRequestRecord,
  request: IncomingMessage,
  body: Json | undefined,
  route: string | undefined,
  action: TrilioFaultAction | undefined,
): Reply {
  const { world, keystone, origins } = backstage;
  const { headers } = request;
  if (record.service === "keystone") {
    const header = (name: string): string | undefined => [headers[name]].flat()[0];
    return answerKeystone(route, { keystone, guesses: world.guesses, origins, header, body });
  }
  const { method, path, query } = record;
  const { reply, actor } = answerTrilio(world, keystone, {
    method,
    path,
    query,
    headers,
    body,
    keystoneOrigin: origins.keystone,
    action,
  });
  record.actor = actor;
  return reply;
}

/** The answer without some fields of the object, or of each object, in it. */
function without(reply: Reply, fields: readonly string[]): Reply {
  const strip = (json: Json | undefined): Json => {
    if (Array.isArray(json)) return json.map(strip);
    const entries = Object.entries(objectOf(json) ?? {}).filter(([key]) => !fields.includes(key));
    return Object.fromEntries(entries);
  };
  const body = objectOf(reply.body);
  if (body === undefined) return reply;
  return {
    ...reply,
    body: Object.fromEntries(Object.entries(body).map(([key, value]) => [key, strip(value)])),
  };
}

function send(
  { world }: Backstage,
  record: TrilioRequestRecord,
  response: ServerResponse,
  reply: Reply,
  action: TrilioFaultAction | undefined,
): void {
  response.statusCode = reply.status;
  response.sendDate = false;
  response.setHeader("Date", new Date(world.clock.now()).toUTCString());
  // Even without a body the answer says that it is JSON (contract 1).
  response.setHeader("Content-Type", reply.text?.type ?? "application/json");
  if (record.service === "keystone") {
    response.setHeader("Vary", "X-Auth-Token");
    response.setHeader("x-openstack-request-id", `req-${randomUUID()}`);
  } else if (reply.text?.type !== "text/html" && (reply.status < 400 || world.guesses.requestIdOnErrors)) {
    record.requestId = `req-${randomUUID()}`;
    response.setHeader("X-Compute-Request-Id", record.requestId);
  }
  for (const [name, value] of Object.entries(reply.headers ?? {})) response.setHeader(name, value);
  let payload = reply.text?.content ?? (reply.body === undefined ? "" : JSON.stringify(reply.body));
  if (action?.kind === "garble") {
    payload =
      action.how === "truncated" ? payload.slice(0, Math.floor(payload.length / 2)) : "<!-- not JSON -->";
  }
  if (reply.status !== 204) response.setHeader("Content-Length", Buffer.byteLength(payload));
  response.end(reply.status === 204 ? undefined : payload);
}
