import type { HttpBindings } from "@hono/node-server";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import { type Context, Hono } from "hono";
import { faultReply, isWireFault, type WireFault } from "./faults";
import { parseLoosely } from "./json";
import type { Reply } from "./reply";
import type { RequestRecord } from "./requestLog";
import type { Route, Service, ServiceRequest } from "./service";

type HttpContext = Context<{ Bindings: HttpBindings }>;

/** A web application that answers for one service. */
export type App = Hono<{ Bindings: HttpBindings }>;

/** Statuses whose answers have no body by the HTTP standard. */
const bodiless = [204, 205, 304];

/** Makes the application of a service: its routes, its faults and its log. */
export function appOf<R extends Route, Effect extends { kind: string }, Entry extends RequestRecord>(
  service: Service<R, Effect, Entry>,
): App {
  const app: App = new Hono({ strict: !service.looseSlash });
  for (const route of service.routes) {
    app.on(route.method ?? "ALL", route.path, (context) => serve(service, context, route));
  }
  app.notFound((context) => serve(service, context, undefined));
  app.onError((error, context) => context.text(`the emulator itself failed: ${error.stack}`, 500));
  return app;
}

async function serve<R extends Route, Effect extends { kind: string }, Entry extends RequestRecord>(
  service: Service<R, Effect, Entry>,
  context: HttpContext,
  route: R | undefined,
): Promise<Response> {
  const { timeline, faults, log } = service;
  const request = await receive(context, route);
  const entry = service.record(request, recordOf(request, timeline.clock.now()));
  log.entries.push(entry);
  const fault = faults.take(entry);
  entry.fault = fault?.kind ?? null;
  const [wire, effect] = isWireFault(fault) ? [fault, undefined] : [undefined, fault];
  if (wire?.kind === "drop") return drop(context);
  timeline.advance();
  const reply =
    wire?.kind === "answer"
      ? faultReply(wire, service.html, service.bare)
      : service.answer(request, entry, effect);
  if (wire?.kind === "dropAnswer") return drop(context);
  if (wire?.kind === "delay") await timeline.clock.sleep(wire.ms);
  entry.status = reply.status;
  const headers = { ...service.headers(reply, request, entry), ...reply.headers };
  return respond(context, { ...reply, headers }, payloadOf(reply, wire), timeline.clock.now());
}

async function receive<R extends Route>(
  context: HttpContext,
  route: R | undefined,
): Promise<ServiceRequest<R>> {
  const { req } = context;
  const { origin, pathname, searchParams } = new URL(req.url);
  const text = ["GET", "HEAD"].includes(req.method) ? "" : await req.text();
  return {
    method: req.method,
    path: pathname,
    query: searchParams,
    origin,
    header: (name) => req.header(name),
    text,
    body: parseLoosely(text),
    route,
    params: route === undefined ? {} : req.param(),
  };
}

function recordOf({ method, path, query, body }: ServiceRequest<Route>, time: number): RequestRecord<never> {
  return {
    method,
    path,
    route: `${method} ${path}`,
    query,
    body,
    actor: null,
    status: 0,
    time,
    fault: null,
  };
}

/** Breaks the connection instead of an answer. */
function drop({ env }: HttpContext): Response {
  env.incoming.socket.destroy();
  return RESPONSE_ALREADY_SENT;
}

function payloadOf({ body, text }: Reply, fault: WireFault | undefined): string {
  const whole = text?.content ?? (body === undefined ? "" : JSON.stringify(body));
  if (fault?.kind !== "garble") return whole;
  return fault.how === "truncated" ? whole.slice(0, Math.floor(whole.length / 2)) : "<!-- not JSON -->";
}

/**
 * Sends an answer. It goes out through Node's own response: names of headers keep their case, and what the Fetch
 * standard would refuse or put right goes out as it is.
 * @param time of the `Date` header, milliseconds since the epoch
 */
function respond({ env, req }: HttpContext, reply: Reply, payload: string, time: number): Response {
  const { status, body, text } = reply;
  const { outgoing } = env;
  const type = text?.type ?? (body === undefined ? undefined : "application/json");
  const hasBody = !bodiless.includes(status);
  outgoing.statusCode = status;
  outgoing.setHeader("Date", new Date(time).toUTCString());
  if (type !== undefined) outgoing.setHeader("Content-Type", type);
  for (const [name, value] of Object.entries(reply.headers ?? {})) outgoing.setHeader(name, value);
  if (hasBody) outgoing.setHeader("Content-Length", Buffer.byteLength(payload));
  outgoing.end(hasBody && req.method !== "HEAD" ? payload : undefined);
  return RESPONSE_ALREADY_SENT;
}
