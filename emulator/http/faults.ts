import type { Json } from "./json";
import type { Reply } from "./reply";
import type { RequestRecord } from "./requestLog";

/** Which requests a rule is about; everything given must hold. */
export interface FaultMatch {
  /** One method or several. */
  method?: string | string[];
  /** A template as in `RequestRecord.route`, with its method (`POST /api/...`) or without. */
  route?: string;
  /** The path as sent, without the query. */
  path?: RegExp;
  /** A test of the parsed body. */
  body?: (body: Json | undefined) => boolean;
  /** A test of the query. */
  query?: (query: URLSearchParams) => boolean;
}

/** What can happen to a request and its answer, whatever the server. */
export type WireFault =
  /** It is answered without being handled: 429 with Retry-After, 500 ... 504 with HTML, 401, 403, 404 ... */
  | { kind: "answer"; status: number; body?: Json; headers?: Record<string, string> }
  /** The connection breaks before anything was handled. */
  | { kind: "drop" }
  /** It is handled, and the connection breaks instead of an answer. */
  | { kind: "dropAnswer" }
  /** It is handled, and the answer comes `ms` milliseconds (of the emulator's clock) later. */
  | { kind: "delay"; ms: number }
  /** It is handled, and the answer's JSON is cut off, or is no JSON at all though it says so. */
  | { kind: "garble"; how: "truncated" | "invalid" };

const wireFaults: readonly string[] = [
  "answer",
  "drop",
  "dropAnswer",
  "delay",
  "garble",
] satisfies WireFault["kind"][];

/** Whether a fault is one of the wire, and none of a server's own. */
export function isWireFault(action: { kind: string } | undefined): action is WireFault {
  return action !== undefined && wireFaults.includes(action.kind);
}

/** A rule: which requests, how often, and what happens to them. */
export interface FaultRule<Action> extends FaultMatch {
  /** How many matching requests are hit; 1 if not given, `Infinity` for all. */
  times?: number;
  /** How many matching requests pass unharmed first. */
  after?: number;
  action: Action;
}

/** A rule at work. */
export interface Fault<Action> {
  readonly rule: FaultRule<Action>;
  /** Requests hit so far. */
  readonly hits: number;
  /** Requests that it will still hit. */
  readonly remaining: number;
  /** Takes the rule out. */
  remove(): void;
}

/** A request as rules see it. */
type FaultSubject = Pick<RequestRecord, "method" | "route" | "path" | "query" | "body">;

/** Makes requests fail in the ways that networks, proxies and the server itself do. */
export class FaultInjector<Action> {
  #faults: { rule: FaultRule<Action>; hits: number; skipped: number }[] = [];

  /** Puts a rule to work; of several that match a request, the one added first hits. */
  add(rule: FaultRule<Action>): Fault<Action> {
    const entry = { rule, hits: 0, skipped: 0 };
    this.#faults.push(entry);
    const faults = this;
    return {
      rule,
      get hits() {
        return entry.hits;
      },
      get remaining() {
        return remainingOf(entry);
      },
      remove() {
        faults.#faults = faults.#faults.filter((other) => other !== entry);
      },
    };
  }

  /** How many requests all rules together will still hit: 0 when every fault of a test has happened. */
  get remaining(): number {
    return this.#faults.reduce((sum, entry) => sum + remainingOf(entry), 0);
  }

  /** Takes all rules out. */
  clear(): void {
    this.#faults = [];
  }

  /** The action for a request, counted as a hit; undefined when no rule wants it. */
  take(subject: FaultSubject): Action | undefined {
    for (const entry of this.#faults) {
      if (remainingOf(entry) === 0 || !matches(entry.rule, subject)) continue;
      if (entry.skipped < (entry.rule.after ?? 0)) {
        entry.skipped += 1;
        continue;
      }
      entry.hits += 1;
      return entry.rule.action;
    }
    return undefined;
  }
}

function remainingOf({ rule, hits }: { rule: { times?: number }; hits: number }): number {
  return Math.max(0, (rule.times ?? 1) - hits);
}

function matches(rule: FaultMatch, { method, route, path, query, body }: FaultSubject): boolean {
  const methods = rule.method === undefined ? undefined : [rule.method].flat();
  if (methods !== undefined && !methods.includes(method)) return false;
  if (rule.route !== undefined && rule.route !== route && rule.route !== route.split(" ")[1]) return false;
  if (rule.path !== undefined && !rule.path.test(path)) return false;
  if (rule.query !== undefined && !rule.query(query)) return false;
  return rule.body === undefined || rule.body(body);
}

/** The standard page of a proxy in front of a server that does not answer. */
function proxyPage(status: number): string {
  return `<html>\r\n<head><title>${status}</title></head>\r\n<body>\r\n<center><h1>${status}</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n`;
}

/**
 * The answer that a fault gives: strings are HTML, and without a body a 5xx has a proxy's page.
 * @param html the content type of the server's pages
 * @param bare what the server answers below 500 without a body of the fault's own
 */
export function faultReply(
  { status, body, headers = {} }: Extract<WireFault, { kind: "answer" }>,
  html: string,
  bare: (status: number) => Reply,
): Reply {
  if (body === undefined && status < 500) return { ...bare(status), headers };
  if (body !== undefined && typeof body !== "string") return { status, body, headers };
  return { status, headers, text: { type: html, content: body ?? proxyPage(status) } };
}
