import { randomUUID } from "node:crypto";
import { type Json, objectOf } from "../http/json";
import type { Reply } from "../http/reply";
import type { RequestLog, RequestRecord } from "../http/requestLog";
import type { Route, Service } from "../http/service";
import { answerKeystone, type KeystoneRoute, keystoneHeaders, keystoneRoutes } from "../keystone/api";
import type { Keystone } from "../keystone/keystone";
import { answerTrilio } from "./api/answer";
import { routes, type TrilioRoute } from "./api/routes";
import type { TrilioFault, TrilioFaultAction, TrilioFaultInjector } from "./faults";
import type { TrilioWorld } from "./world";

/** A request that the emulated Trilio or its Keystone saw. */
export interface TrilioRequestRecord extends RequestRecord<TrilioFaultAction["kind"]> {
  service: "trilio" | "keystone";
  /** Whether it could change something in Trilio; a cancel does, though it is a GET. */
  write: boolean;
  /** What the answer said as `X-Compute-Request-Id`, or null. */
  requestId: string | null;
}

/** What Trilio and its Keystone share. */
export interface Shared {
  world: TrilioWorld;
  keystone: Keystone;
  faults: TrilioFaultInjector;
  log: RequestLog<TrilioRequestRecord>;
  /** `http://127.0.0.1:PORT` of each; known once both listen. */
  origins: { keystone: string; trilio: string };
}

/** The API of Trilio. */
export function trilioService(shared: Shared): Service<TrilioRoute, TrilioFault, TrilioRequestRecord> {
  const { world, keystone, origins } = shared;
  return {
    ...common(shared),
    routes,
    record: ({ method, route }, base) => ({
      ...base,
      service: "trilio",
      route: route?.name ?? base.route,
      write: route?.writes ?? method !== "GET",
      requestId: null,
    }),
    answer(request, entry, fault) {
      const { reply, actor } = answerTrilio(world, keystone, origins.keystone, request, fault);
      entry.actor = actor;
      return fault?.kind === "without" ? without(reply, fault.fields) : reply;
    },
    headers(reply, _, entry) {
      const headers = json(reply);
      if (reply.text?.type === html) return headers;
      if (reply.status >= 400 && !world.guesses.requestIdOnErrors) return headers;
      entry.requestId = `req-${randomUUID()}`;
      return { ...headers, "X-Compute-Request-Id": entry.requestId };
    },
  };
}

/** The API of the Keystone that leads to it. */
export function keystoneService(shared: Shared): Service<KeystoneRoute, TrilioFault, TrilioRequestRecord> {
  const { keystone } = shared;
  return {
    ...common(shared),
    routes: keystoneRoutes,
    looseSlash: true,
    record: ({ route }, base) => ({
      ...base,
      service: "keystone",
      route: route === undefined ? base.route : `${route.method} ${route.path}`,
      // Bodies to Keystone hold nothing but credentials.
      body: undefined,
      write: false,
      requestId: null,
    }),
    answer: (request) => answerKeystone(keystone, request),
    headers: (reply) => ({ ...json(reply), ...keystoneHeaders() }),
  };
}

const html = "text/html";

/** What both services have in common. */
function common({
  world,
  faults,
  log,
}: Shared): Pick<
  Service<Route, TrilioFault, TrilioRequestRecord>,
  "timeline" | "faults" | "log" | "html" | "bare"
> {
  return {
    timeline: world,
    faults,
    log,
    html,
    bare: (status: number): Reply => ({
      status,
      text: { type: html, content: `<html><body>${status}</body></html>` },
    }),
  };
}

/** Even without a body an answer says that it is JSON (contract 1). */
function json({ text }: Reply): Record<string, string> {
  return text === undefined ? { "Content-Type": "application/json" } : {};
}

/** The answer without some fields of the object, or of each object, in it. */
function without(reply: Reply, fields: readonly string[]): Reply {
  const strip = (part: Json): Json => {
    if (Array.isArray(part)) return part.map(strip);
    const entries = Object.entries(objectOf(part) ?? {}).filter(([key]) => !fields.includes(key));
    return Object.fromEntries(entries);
  };
  const body = objectOf(reply.body);
  if (body === undefined) return reply;
  const stripped = Object.entries(body).map(([key, value]) => [key, strip(value)]);
  return { ...reply, body: Object.fromEntries(stripped) };
}
