/** What the provider throws. No error ever holds a header or a credential. */

/** A moment in the life of an object: the state seen and when, in ms since the epoch. */
export interface StateSeen {
  state: string;
  at: number;
}

/** A mistake of the user's, in the configuration or the arguments; the message says what would be right. */
export class UserError extends Error {
  override name = "UserError";
  /** The argument or setting that is wrong, e.g. `size` or `options.instances`; absent where it is not just one. */
  readonly property: string | undefined;
  /** What is wrong, without the name of the property: for where that is shown in a place of its own. */
  readonly reason: string;

  /** @param message what is shown where only a message can be; by default the reason after the property's name */
  constructor(reason: string, property?: string, message = property ? `${property}: ${reason}` : reason) {
    super(message);
    this.property = property;
    this.reason = reason;
  }
}

/** Several mistakes as one error. A single one stays what it is, with its property. */
export function allWrong(errors: readonly UserError[], separator: string): UserError {
  const [only, ...more] = errors;
  if (only !== undefined && more.length === 0) return only;
  return new UserError(errors.map(({ message }) => message).join(separator));
}

/** The parts of an answer that an {@link ApiError} keeps. */
export interface ApiErrorParts {
  method: string;
  /** Scheme, host and port. */
  origin?: string;
  /** Path and query, without the origin. */
  path: string;
  /** HTTP status. */
  status: number;
  /** The server's own words, already cut to a readable length and free of credentials; may be empty. */
  reason: string;
  /** Whether the words came as JSON: the API itself spoke, not a proxy or a web server in front of it. */
  json?: boolean;
  /** The names at the top of a JSON object that came: by them a service's own words are told from a gateway's. */
  keys?: readonly string[];
  /** What OpenStack's services call the kind of failure, e.g. `itemNotFound`; absent where nothing of that form came. */
  fault?: string | undefined;
  /** The request id that the server gave, if any. */
  requestId?: string | undefined;
  /** From Retry-After, in milliseconds. */
  retryAfterMs?: number | undefined;
}

/** A path and query as messages show them: without the list of fields that the answer is to have. */
export function briefly(path: string): string {
  const [before = "", query] = path.split("?", 2);
  const telling = query?.split("&").filter((each) => !each.startsWith("field=")) ?? [];
  return telling.length > 0 ? `${before}?${telling.join("&")}` : before;
}

/** The server answered, and the answer is not a success. */
export class ApiError extends Error implements ApiErrorParts {
  override name = "ApiError";
  readonly method: string;
  readonly origin: string;
  readonly path: string;
  readonly status: number;
  readonly reason: string;
  readonly json: boolean;
  readonly keys: readonly string[];
  readonly fault?: string | undefined;
  readonly requestId?: string | undefined;
  readonly retryAfterMs?: number | undefined;

  constructor(parts: ApiErrorParts) {
    const words = parts.reason || "no reason given";
    const id = parts.requestId ? ` (request id ${parts.requestId})` : "";
    const { method, origin = "", path, status } = parts;
    super(`${method} ${origin}${briefly(path)} answered ${status}: ${words}${id}`);
    this.method = method;
    this.origin = origin;
    this.path = parts.path;
    this.status = parts.status;
    this.reason = parts.reason;
    this.json = parts.json ?? false;
    this.keys = parts.keys ?? [];
    this.fault = parts.fault;
    this.requestId = parts.requestId;
    this.retryAfterMs = parts.retryAfterMs;
  }
}

/** No usable answer: refused, reset, timed out, or a body that cannot be read. */
export class ConnectionError extends Error {
  override name = "ConnectionError";
  /** Whether the request can have reached the server. `false` only where it was certainly never sent. */
  readonly sent: boolean;
  /** Asking again would come to the same. */
  readonly lasting: boolean;
  /** What the system calls it, e.g. `ECONNREFUSED`. */
  readonly code: string | undefined;

  constructor(message: string, sent: boolean, more: { lasting?: boolean; code?: string | undefined } = {}) {
    super(message);
    this.sent = sent;
    this.lasting = more.lasting ?? false;
    this.code = more.code;
  }
}

/** Why a wait ended without success. */
export type WaitEnd = "failed" | "timeout" | "gone" | "refused" | "unreachable" | "cancelled";

/** A wait that did not reach its target; the message holds the history of states and the server's reason. */
export class WaitError extends Error {
  override name = "WaitError";
  readonly end: WaitEnd;
  readonly history: readonly StateSeen[];
  /** What helps, where more is known of it than how the wait ended. */
  readonly remedy: string | undefined;

  constructor(
    end: WaitEnd,
    message: string,
    history: readonly StateSeen[],
    cause?: unknown,
    remedy?: string,
  ) {
    super(message, cause === undefined ? undefined : { cause });
    this.end = end;
    this.history = history;
    this.remedy = remedy;
  }
}

/**
 * The object exists but is not as it should be: creation or update went wrong, or was given up, after its id
 * was known. Each front turns this into what Pulumi keeps as partial state, so that the next `up` goes on.
 */
export class PartialError extends Error {
  override name = "PartialError";
  readonly id: string;
  readonly outputs: Record<string, unknown>;
  readonly reasons: readonly string[];

  constructor(id: string, outputs: Record<string, unknown>, reasons: readonly string[], cause?: unknown) {
    super(reasons.join("; "), cause === undefined ? undefined : { cause });
    this.id = id;
    this.outputs = outputs;
    this.reasons = reasons;
  }
}

/** The service answered with success, and the answer cannot be used: nobody knows what it has made. */
export class UnusableAnswer extends Error {
  override name = "UnusableAnswer";
}

/** Answers below 500 that a service, or who stands before it, may also give to a write that was carried out. */
const doubtful = new Set([408]);
/** Answers that say for themselves, whatever their form, that nothing was carried out. */
const neverCarriedOut = new Set([425, 429]);

/**
 * Whether a write that ended with this error may have been carried out all the same. A refusal is certain only in
 * the service's own form: a page of HTML comes from somebody before it, who may have handed the write on.
 */
export function isAmbiguous(error: unknown): boolean {
  if (error instanceof UnusableAnswer) return true;
  if (error instanceof ConnectionError) return error.sent;
  if (!(error instanceof ApiError) || neverCarriedOut.has(error.status)) return false;
  const { status, json } = error;
  return status < 400 || status >= 500 || doubtful.has(status) || !json;
}

/** Whether asking again later can help: no answer, 408, 425, 429 or 5xx. */
export function isTransient(error: unknown): boolean {
  if (error instanceof ConnectionError) return !error.lasting;
  return error instanceof ApiError && (error.status >= 500 || [408, 425, 429].includes(error.status));
}

/** The message of whatever was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
