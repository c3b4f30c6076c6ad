/** A volume or snapshot as the cloud underneath knows it. */
export interface CloudObject {
  name: string;
  description: string;
  /** MiB; the cloud counts in whole GiB, so this is a multiple of 1024 (recording 12: 21505 comes back as 21504). */
  size: number;
  /** Cinder's status. */
  status: string;
}

/** The cloud's own size of something that Waldur calls `size` MiB. */
export function cloudSize(size: number): number {
  return Math.floor(size / 1024) * 1024;
}

/**
 * The cloud under the emulated Waldur. A test makes something vanish behind Waldur's back by deleting it here
 * (recording 18).
 */
export class Cloud {
  /** By `backend_id`. */
  readonly volumes = new Map<string, CloudObject>();
  /** By `backend_id`. */
  readonly snapshots = new Map<string, CloudObject>();
}

/** An operation that the recorded cloud could be made to fail. */
export type CloudOperation = "DELETE" | "UPDATE" | "EXTEND" | "RETYPE" | "ATTACH" | "DETACH";

/** The ways in which the recorded cloud failed, by a word in the name of what it was asked to handle. */
type Trigger = "FAIL" | "FAIL_ASYNC" | `FAIL_${CloudOperation}` | "SLOW";

/** Whether a name asks the cloud to misbehave (recordings 07, 08, 12, 15, 21). */
export function triggers(name: string, trigger: Trigger): boolean {
  return name.split(/\s+/).includes(trigger);
}

/** The message of a create that the cloud refuses at once (recording 07). */
export const overLimit =
  "OverLimit(413, 'VolumeSizeExceedsAvailableQuota: Requested volume or snapshot exceeds allowed gigabytes quota. (fake create failure)')";

/** The message of anything that is missing in the cloud (recording 18). */
export const notFoundInCloud = "NotFound(404)";

/** The message of an operation that the cloud fails (recordings 07, 08, 12). */
export function cloudFailure(operation: CloudOperation): string {
  return `ClientException(500, 'The server has either erred or is incapable of performing the requested operation. (fake ${operation} failure)')`;
}
