import type { Query } from "./query";

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
  /**
   * Whether the body of a success is what was asked for. One that is not, such as an empty page of a proxy, is no
   * answer: a read is repeated.
   */
  usable?: (body: unknown) => boolean;
  /** A body that is not JSON, as a page of HTML, is an answer too, and comes as the text that it is. */
  anyText?: boolean;
  /**
   * Ends a read at once; a write only before it is sent. That of an operation (`limited`) ends a write too, where its
   * time is over.
   */
  signal?: AbortSignal | undefined;
}

/** A success: status 2xx, or one that the request takes for an answer. */
export interface HttpResponse {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  /** The parsed JSON; `undefined` where the body was empty; the text with `anyText` where it is none. */
  body: unknown;
}

/** Whether a request only reads, and may be sent again. */
export function isRead({ method, once }: HttpRequest): boolean {
  return !once && (method === "GET" || method === "HEAD");
}

/** Whether a status is an answer, and no failure, to a request. */
export function isAnswer({ answers }: HttpRequest, status: number): boolean {
  return status < 300 || (answers ?? []).includes(status);
}
