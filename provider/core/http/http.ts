import type { Clock } from "../clock";
import { ApiError, ConnectionError, isTransient } from "../errors";
import { isRecord } from "../values";
import { version } from "../version";
import { pinned } from "./origin";
import { reasonOf } from "./reason";
import { ServerClock } from "./serverClock";
import type { Transport, WireResponse } from "./transport";

/** A query: `undefined` is left out, a list repeats the key (`state=OK&state=ERRED`). */
export type Query = Record<string, string | number | boolean | readonly string[] | undefined>;

/** One call. `path` starts with `/` and is relative to the origin. */
export interface HttpRequest {
  method: "GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE";
  path: string;
  query?: Query | undefined;
  /** Sent as JSON. */
  body?: unknown;
  /** Headers of this request alone. */
  headers?: Record<string, string> | undefined;
  /** Statuses beside 2xx that are answers, e.g. the 300 of a list of versions. */
  answers?: readonly number[];
  /** A write that may be sent again whatever became of it, as a read may. */
  repeatable?: boolean;
  /** Exactly one attempt, whatever the method: for a GET that changes something. */
  once?: boolean;
  /** Ends a read at once; a write only before it is sent. */
  signal?: AbortSignal | undefined;
}

/** A success: status 2xx, or one that the request takes for an answer. */
export interface HttpResponse {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  /** The parsed JSON; `undefined` where the body was empty. */
  body: unknown;
}

/** What an {@link HttpClient} is made of. */
export interface HttpOptions {
  /** Scheme, host and port, e.g. `https://portal.example.com`. */
  origin: string;
  /** Headers that carry the credential; asked for at every attempt. */
  authorization: () => Record<string, string>;
  transport: Transport;
  clock: Clock;
  /** Values that must never appear in an error, whatever the server answers; asked for when one is made. */
  secrets?: () => readonly string[];
}

/** Attempts of a request that may be repeated, the first one included. */
const attempts = 5;
const firstBackoffMs = 250;
/** A server that wants a longer pause than this is taken at its word only up to here. */
const longestRetryAfterMs = 120_000;
const redirectsFollowed = 3;
const redirects = new Set([301, 302, 303, 307, 308]);
/** Where services put the id under which their logs know a request, the most telling first. */
const requestIdHeaders = ["x-openstack-request-id", "x-compute-request-id", "x-request-id"];

/**
 * JSON over HTTP against one origin.
 *
 * GET and HEAD are repeated on connection errors, 429 and 5xx, with jitter. A write is repeated only where it
 * certainly was not carried out: the connection never stood, or the server refused it with 429. Anything else
 * about a write is for the caller to look up first.
 */
export class HttpClient {
  readonly origin: string;
  /** The server's clock, by the Date headers of its answers. */
  readonly serverClock: ServerClock;
  readonly #options: HttpOptions;

  constructor(options: HttpOptions) {
    this.origin = options.origin;
    this.#options = options;
    this.serverClock = new ServerClock(options.clock);
  }

  /**
   * @throws ApiError for any answer that is not 2xx
   * @throws ConnectionError where there is no usable answer
   */
  async request(request: HttpRequest): Promise<HttpResponse> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.#once(request);
      } catch (error) {
        const harmless = isRead(request) || request.repeatable ? isTransient(error) : wasNotCarriedOut(error);
        if (!harmless || request.once || attempt >= attempts || request.signal?.aborted) throw error;
        await this.#options.clock.sleep(this.#pause(error, attempt), request.signal);
      }
    }
  }

  #pause(error: unknown, attempt: number): number {
    const asked = error instanceof ApiError ? error.retryAfterMs : undefined;
    if (asked !== undefined)
      return Math.min(asked, longestRetryAfterMs) + this.#options.clock.random() * firstBackoffMs;
    return firstBackoffMs / 2 + this.#options.clock.random() * firstBackoffMs * 2 ** attempt;
  }

  async #once(request: HttpRequest): Promise<HttpResponse> {
    request.signal?.throwIfAborted();
    let path = request.path + queryString(request.query);
    for (let hop = 0; ; hop++) {
      const response = await this.#options.transport({
        origin: this.origin,
        method: request.method,
        path,
        headers: {
          accept: "application/json",
          "user-agent": `pulumi-openstack-snapshots/${version}`,
          ...(request.body === undefined ? {} : { "content-type": "application/json" }),
          ...this.#options.authorization(),
          ...request.headers,
        },
        body: request.body === undefined ? undefined : JSON.stringify(request.body),
        // A write that is under way is not given up: its answer tells the id of what it made.
        signal: isRead(request) ? request.signal : undefined,
      });
      this.serverClock.noteHeaders(response.headers);
      const location = header(response, "location");
      const redirected = redirects.has(response.status) && location !== undefined;
      const here = this.origin + path;
      if (redirected && isRead(request) && hop < redirectsFollowed && URL.canParse(location, here)) {
        path = pinned(this.origin, new URL(location, here).href);
        continue;
      }
      if (!isAnswer(request, response.status)) throw this.#failure(request, path, response);
      return {
        status: response.status,
        headers: response.headers,
        body: this.#json(request, path, response),
      };
    }
  }

  #json(request: HttpRequest, path: string, response: WireResponse): unknown {
    if (request.method === "HEAD" || response.text.trim() === "") return undefined;
    try {
      return JSON.parse(response.text);
    } catch {
      const what = this.#reason(response.text).slice(0, 80);
      const [line, id] = [`${request.method} ${this.#clean(path)}`, this.#requestId(response)];
      throw new ConnectionError(
        `${line} answered ${response.status} with a body that is not JSON: ${what}${id ? ` (request id ${id})` : ""}`,
        true,
      );
    }
  }

  #failure(request: HttpRequest, path: string, response: WireResponse): ApiError {
    const location = header(response, "location");
    const words = parsed(response.text);
    const moved = redirects.has(response.status) && location;
    return new ApiError({
      method: request.method,
      path: this.#clean(path),
      status: response.status,
      reason: this.#reason(moved ? `redirected to ${location}; check the API address` : words),
      json: typeof words !== "string",
      fault: faultOf(words),
      requestId: this.#requestId(response),
      retryAfterMs: retryAfter(header(response, "retry-after"), this.serverClock.now()),
    });
  }

  #requestId(response: WireResponse): string | undefined {
    const [id] = requestIdHeaders.flatMap((name) => header(response, name) ?? []);
    return id && this.#clean(id);
  }

  #reason(body: unknown): string {
    return reasonOf(body, (words) => this.#clean(words));
  }

  #clean(text: string): string {
    const secrets = this.#options.secrets?.() ?? [];
    return secrets.reduce((line, secret) => (secret ? line.replaceAll(secret, "[secret]") : line), text);
  }
}

function isRead({ method, once }: HttpRequest): boolean {
  return !once && (method === "GET" || method === "HEAD");
}

function isAnswer({ answers }: HttpRequest, status: number): boolean {
  return status < 300 || (answers ?? []).includes(status);
}

function wasNotCarriedOut(error: unknown): boolean {
  if (error instanceof ConnectionError) return !error.sent;
  return error instanceof ApiError && error.status === 429;
}

/** The key under which OpenStack's services put their words, e.g. `itemNotFound`. */
function faultOf(body: unknown): string | undefined {
  const [[name, inner] = [], ...others] = isRecord(body) ? Object.entries(body) : [];
  return others.length === 0 && isRecord(inner) && "message" in inner ? name : undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function header(response: WireResponse, name: string): string | undefined {
  const value = response.headers[name];
  return Array.isArray(value) ? value[0] : value;
}

/** Retry-After is either seconds or an HTTP date. */
function retryAfter(value: string | undefined, now: number): number | undefined {
  if (value === undefined) return undefined;
  if (/^\d+$/.test(value.trim())) return Number(value) * 1000;
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

function queryString(query: Query | undefined): string {
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(query ?? {})) {
    if (value === undefined) continue;
    for (const one of Array.isArray(value) ? value : [value]) search.append(key, String(one));
  }
  const text = search.toString();
  return text ? `?${text}` : "";
}
