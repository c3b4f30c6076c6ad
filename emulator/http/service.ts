import type { Timeline } from "../clock/timeline";
import type { FaultInjector, WireFault } from "./faults";
import type { Json } from "./json";
import type { Reply } from "./reply";
import type { RequestLog, RequestRecord } from "./requestLog";

/** One path of a service. */
export interface Route {
  /** `GET` ...; absent: the route answers every method. */
  method?: string;
  /** A path as Hono has it: `:name` catches one part, `:name{PATTERN}` one that the pattern fits. */
  path: string;
}

/** A request, read but not yet understood. */
export interface ServiceRequest<R extends Route> {
  method: string;
  /** As sent, without the query. */
  path: string;
  query: URLSearchParams;
  /** `http://127.0.0.1:8800`, as the client named the server. */
  origin: string;
  /** The value of a header; names do not depend on case. */
  header(name: string): string | undefined;
  /** The body as sent; empty without one. */
  text: string;
  /** The body parsed where it is JSON, else as sent; undefined without one. */
  body: Json | undefined;
  /** The first route that fits, or undefined. */
  route: R | undefined;
  /** What the route's path caught, by name. */
  params: Record<string, string>;
}

/** What the server needs to know of a service. `Effect`: the service's own faults, `Entry`: its log. */
export interface Service<R extends Route, Effect extends { kind: string }, Entry extends RequestRecord> {
  /** Of several that fit a path the first counts. */
  routes: readonly R[];
  /** Whether a slash at the end of a path means nothing. */
  looseSlash?: boolean;
  timeline: Timeline;
  faults: FaultInjector<WireFault | Effect>;
  log: RequestLog<Entry>;
  /** How the request is noted, before anything is done about it. */
  record(request: ServiceRequest<R>, base: RequestRecord<never>): Entry;
  /** Handles the request; refusals are answers too. */
  answer(request: ServiceRequest<R>, entry: Entry, effect: Effect | undefined): Reply;
  /** What a fault answers that gives a status and nothing else. */
  bare(status: number): Reply;
  /** Content type of the service's pages. */
  html: string;
  /** The headers that every answer of this service has; a reply's own win over them. */
  headers(reply: Reply, request: ServiceRequest<R>, entry: Entry): Record<string, string>;
}
