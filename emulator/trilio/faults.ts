import type { FaultInjector, FaultRule, WireFault } from "../http/faults";
import type { RestoreTrouble } from "./model";

/** What can happen to a restore or snapshot that a request is about (contract 9.4). */
export type TrilioFault =
  /** The restore that it starts ends in error with this message. */
  | { kind: "fail"; message: string; warning?: string }
  /** The restore that it starts, or the cancel that it asks for, never ends. */
  | { kind: "stuck" }
  /** What it starts, a restore or a cancel, takes `factor` times as long. */
  | { kind: "slow"; factor: number }
  /** The restore that it starts shows this status for `seconds` of the emulator's clock. */
  | { kind: "unknownStatus"; status: string; seconds: number }
  /** The restore that it starts answers 404 to its first `reads` reads. */
  | { kind: "missing"; reads: number }
  /** The cancel that it asks for comes too late: it is answered, and the restore ends as it would have. */
  | { kind: "cancelTooLate" }
  /** Retention removes the snapshot just before it is handled. */
  | { kind: "snapshotGone" }
  /** The record that it deletes is gone only `seconds` (of a real server; `speed` shortens them) later. */
  | { kind: "slowDelete"; seconds: number }
  /** These fields are missing in the object that it answers with, e.g. `metadata`. */
  | { kind: "without"; fields: string[] };

/** What happens to a matching request. */
export type TrilioFaultAction = WireFault | TrilioFault;

/** A rule for the emulated Trilio. */
export type TrilioFaultRule = FaultRule<TrilioFaultAction>;

/** Makes requests to the emulated Trilio and its Keystone fail. */
export type TrilioFaultInjector = FaultInjector<TrilioFaultAction>;

/** What a fault does to the restore that the request is about. */
export function troubleFrom(fault: TrilioFault | undefined): RestoreTrouble {
  switch (fault?.kind) {
    case "fail": {
      const { message, warning } = fault;
      return { failWith: warning === undefined ? { message } : { message, warning } };
    }
    case "stuck":
      return { stuck: true };
    case "slow":
      return { factor: fault.factor };
    case "unknownStatus":
      return { disguise: { status: fault.status, seconds: fault.seconds } };
    case "missing":
      return { missingReads: fault.reads };
    case "cancelTooLate":
      return { deafToCancel: true };
    default:
      return {};
  }
}
