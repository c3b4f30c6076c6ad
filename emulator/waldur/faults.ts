import type * as http from "../http/faults";

/** What can happen to an object that a request starts, reads or changes. */
export type WaldurFault =
  /** What it creates answers 404 to the next `reads` reads. */
  | { kind: "missing"; reads: number }
  /** What it starts never leaves its pending state. */
  | { kind: "stuck" }
  /** What it starts ends Erred with this message (for orders: their volume, and with it the order). */
  | { kind: "fail"; message: string }
  /** What it starts takes `factor` times as long. */
  | { kind: "slow"; factor: number }
  /** What it starts shows a made-up state for `seconds` while it is pending. */
  | { kind: "unknownState"; state: string; seconds: number }
  /** The order to terminate that it places is taken, and nothing shows of it for `seconds` (contract "terminate"). */
  | { kind: "late"; seconds: number };

/** What happens to a matching request. */
export type FaultAction = http.WireFault | WaldurFault;

/** A rule: which requests, how often, and what happens to them. Other servers have other actions. */
export type FaultRule<Action = FaultAction> = http.FaultRule<Action>;

/** A rule at work. */
export type Fault<Action = FaultAction> = http.Fault<Action>;

/** Makes requests fail in the ways that networks, proxies and the server itself do. */
export type FaultInjector<Action = FaultAction> = http.FaultInjector<Action>;

/** What a fault does to one object. */
export interface Trouble {
  /** It never leaves its pending state. */
  stuck?: boolean;
  /** It ends `Erred` with this message. */
  failWith?: string;
  /** Its countdowns take this many times longer. */
  factor?: number;
  /** This many reads answer 404 as if it did not exist yet. */
  missingReads?: number;
  /** A state spelling that no client knows, shown as long as it is pending and `seconds` have not passed. */
  disguise?: { state: string; seconds: number };
  /** Its termination begins so many seconds after the order. */
  lateSeconds?: number;
}

/** What a fault does to the object that the request starts, if anything. */
export function troubleOf(fault: WaldurFault | undefined): Trouble | undefined {
  switch (fault?.kind) {
    case "missing":
      return { missingReads: fault.reads };
    case "stuck":
      return { stuck: true };
    case "fail":
      return { failWith: fault.message };
    case "slow":
      return { factor: fault.factor };
    case "unknownState":
      return { disguise: { state: fault.state, seconds: fault.seconds } };
    case "late":
      return { lateSeconds: fault.seconds };
    default:
      return undefined;
  }
}
