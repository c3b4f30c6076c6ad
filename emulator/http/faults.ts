import type { Json } from "../waldur/model";
import type { Trouble } from "../waldur/trouble";

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

/** What happens to a matching request. */
export type FaultAction =
  /** It is answered without being handled: 429 with Retry-After, 500 ... 504 with HTML, 401, 403, 404 ... */
  | { kind: "answer"; status: number; body?: Json; headers?: Record<string, string> }
  /** The connection breaks before anything was handled. */
  | { kind: "drop" }
  /** It is handled, and the connection breaks instead of an answer. */
  | { kind: "dropAnswer" }
  /** It is handled, and the answer comes `ms` milliseconds (of the emulator's clock) later. */
  | { kind: "delay"; ms: number }
  /** It is handled, and the answer's JSON is cut off, or is no JSON at all though it says so. */
  | { kind: "garble"; how: "truncated" | "invalid" }
  /** What it creates answers 404 to the next `reads` reads. */
  | { kind: "missing"; reads: number }
  /** What it starts never leaves its pending state. */
  | { kind: "stuck" }
  /** What it starts ends Erred with this message (for orders: their volume, and with it the order). */
  | { kind: "fail"; message: string }
  /** What it starts takes `factor` times as long. */
  | { kind: "slow"; factor: number }
  /** What it starts shows a made-up state for `seconds` while it is pending. */
  | { kind: "unknownState"; state: string; seconds: number };

/** A rule: which requests, how often, and what happens to them. Other servers have other actions. */
export interface FaultRule<Action = FaultAction> extends FaultMatch {
  /** How many matching requests are hit; 1 if not given, `Infinity` for all. */
  times?: number;
  /** How many matching requests pass unharmed first. */
  after?: number;
  action: Action;
}

/** A rule at work. */
export interface Fault<Action = FaultAction> {
  readonly rule: FaultRule<Action>;
  /** Requests hit so far. */
  readonly hits: number;
  /** Requests that it will still hit. */
  readonly remaining: number;
  /** Takes the rule out. */
  remove(): void;
}

/** A request as rules see it. */
export interface FaultSubject {
  method: string;
  /** `POST /api/openstack-volumes/{uuid}/snapshot/`, or null for an unknown path. */
  route: string | null;
  path: string;
  query: URLSearchParams;
  body: Json | undefined;
}

/** The standard page of a proxy in front of a server that does not answer. */
export function proxyPage(status: number): string {
  return `<html>\r\n<head><title>${status}</title></head>\r\n<body>\r\n<center><h1>${status}</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n`;
}

/** Makes requests fail in the ways that networks, proxies and the server itself do. */
export class FaultInjector<Action = FaultAction> {
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
        return Math.max(0, (rule.times ?? 1) - entry.hits);
      },
      remove() {
        faults.#faults = faults.#faults.filter((other) => other !== entry);
      },
    };
  }

  /** How many requests all rules together will still hit: 0 when every fault of a test has happened. */
  get remaining(): number {
    return this.#faults.reduce((sum, { rule, hits }) => sum + Math.max(0, (rule.times ?? 1) - hits), 0);
  }

  /** Takes all rules out. */
  clear(): void {
    this.#faults = [];
  }

  /** The action for a request, counted as a hit; undefined when no rule wants it. */
  take(subject: FaultSubject): Action | undefined {
    for (const entry of this.#faults) {
      if (entry.hits >= (entry.rule.times ?? 1) || !matches(entry.rule, subject)) continue;
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

function matches(rule: FaultMatch, subject: FaultSubject): boolean {
  const methods = rule.method === undefined ? undefined : [rule.method].flat();
  if (methods !== undefined && !methods.includes(subject.method)) return false;
  if (
    rule.route !== undefined &&
    rule.route !== subject.route &&
    rule.route !== subject.route?.split(" ")[1]
  ) {
    return false;
  }
  if (rule.path !== undefined && !rule.path.test(subject.path)) return false;
  if (rule.query !== undefined && !rule.query(subject.query)) return false;
  return rule.body === undefined || rule.body(subject.body);
}

/** What an action does to the object that the request starts, if anything. */
export function troubleOf(action: FaultAction | undefined): Trouble | undefined {
  switch (action?.kind) {
    case "missing":
      return { missingReads: action.reads };
    case "stuck":
      return { stuck: true };
    case "fail":
      return { failWith: action.message };
    case "slow":
      return { factor: action.factor };
    case "unknownState":
      return { disguise: { state: action.state, seconds: action.seconds } };
    default:
      return undefined;
  }
}
