import type { Clock } from "../clock";
import { deadlineOf } from "../deadline";
import { ApiError, briefly, ConnectionError, isTransient } from "../errors";
import { version } from "../version";
import { header, retryAfter } from "./headers";
import { pinned } from "./origin";
import { queryString } from "./query";
import { reasonOf } from "./reason";
import { parsed, shapeOf } from "./refusal";
import { type HttpRequest, type HttpResponse, isAnswer, isRead } from "./request";
import { ServerClock } from "./serverClock";
import type { Transport, WireResponse } from "./transport";
import { isCertificate, neverReached, type Unreached } from "./unreached";

export type { HttpRequest, HttpResponse } from "./request";

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
  /** Adds to a refusal what it means for who has set this up. */
  explained?: (error: ApiError) => ApiError;
  /** What is said where the server has never answered; absent: its outages are waited for from the first request on. */
  unreached?: Unreached;
}

/** Attempts of a request that may be repeated, the first one included. */
const attempts = 5;
const firstBackoffMs = 250;
/** So long may a body take to come; before it begins, and in the middle of it, a server may be silent only for less. */
const longestBodyMs = 120_000;
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
  /** Whether the server has answered anything. */
  #reached = false;

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
    const { clock } = this.#options;
    const end = deadlineOf(request.signal)?.at ?? Number.POSITIVE_INFINITY;
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.#once(request);
      } catch (error) {
        const { unreached } = this.#options;
        const never = unreached && !this.#reached && error instanceof ConnectionError && !error.sent;
        if (never && (isCertificate(error) || attempt >= attempts)) throw neverReached(error, unreached);
        const harmless = isRead(request) || request.repeatable ? isTransient(error) : wasNotCarriedOut(error);
        if (!harmless || request.once || attempt >= attempts || request.signal?.aborted) throw error;
        const pause = this.#pause(error, attempt);
        if (clock.now() + pause >= end) throw error;
        await clock.sleep(pause, request.signal);
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
      const response = await this.#answer(request, path);
      this.#reached = true;
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
        body: this.#body(request, path, response),
      };
    }
  }

  /** Sends one request and reads its answer to the end, within the time that both may take. */
  async #answer(request: HttpRequest, path: string): Promise<WireResponse> {
    const { transport, clock, authorization } = this.#options;
    const { method, body, headers, signal } = request;
    const late = new AbortController();
    const line = this.#line(request, path);
    const tooLong = `${line}: the answer was not complete after ${longestBodyMs / 1000} s`;
    let done = () => {};
    // A write that is under way is not given up before its time is over: its answer tells the id of what it made.
    const stop = isRead(request) ? signal : deadlineOf(signal)?.signal;
    try {
      return await transport({
        origin: this.origin,
        method,
        path,
        headers: {
          accept: "application/json",
          "user-agent": `pulumi-openstack-snapshots/${version}`,
          ...(body === undefined ? {} : { "content-type": "application/json" }),
          ...authorization(),
          ...headers,
        },
        body: body === undefined ? undefined : JSON.stringify(body),
        signal: stop ? AbortSignal.any([stop, late.signal]) : late.signal,
        // A request that waits for a free connection is not late.
        onAnswer: () => {
          done = clock.alarm(longestBodyMs, () => late.abort(new ConnectionError(tooLong, true)));
        },
      });
    } catch (error) {
      if (isRead(request) || !stop?.aborted) throw error;
      throw new ConnectionError(`${line} was not answered in time: ${stop.reason.message}`, true);
    } finally {
      done();
    }
  }

  /** @throws ConnectionError for a body that is not JSON, or not what was asked for */
  #body(request: HttpRequest, path: string, response: WireResponse): unknown {
    if (request.method === "HEAD") return undefined;
    const { text, status } = response;
    const body = text.trim() === "" ? undefined : parsed(text);
    const isJson = typeof body !== "string" || text.trim().startsWith('"');
    if (!isJson && request.anyText) return text;
    if (isJson && (request.usable?.(body) ?? true)) return body;
    const what = this.#reason(text).slice(0, 80) || "nothing";
    const wrong = isJson ? "something else than what was asked for" : "a body that is not JSON";
    const [line, id] = [this.#line(request, path), this.#requestId(response)];
    const where = id ? ` (request id ${id})` : "";
    throw new ConnectionError(`${line} answered ${status} with ${wrong}: ${what}${where}`, true);
  }

  #failure(request: HttpRequest, path: string, response: WireResponse): ApiError {
    const location = header(response, "location");
    const words = parsed(response.text);
    const moved = redirects.has(response.status) && location;
    const error = new ApiError({
      method: request.method,
      origin: this.origin,
      path: this.#clean(path),
      status: response.status,
      reason: this.#reason(moved ? `redirected to ${location}; check the API address` : words),
      ...shapeOf(words),
      requestId: this.#requestId(response),
      retryAfterMs: retryAfter(header(response, "retry-after"), this.serverClock.now()),
    });
    return this.#options.explained?.(error) ?? error;
  }

  /** A request as messages name it. */
  #line({ method }: HttpRequest, path: string): string {
    return `${method} ${this.origin}${briefly(this.#clean(path))}`;
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

function wasNotCarriedOut(error: unknown): boolean {
  if (error instanceof ConnectionError) return !error.sent;
  return error instanceof ApiError && error.status === 429;
}
