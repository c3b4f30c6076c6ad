import type { Meaning, Seen } from "../core/resource/goals";
import type { Kind } from "./client";

/** Every status of a snapshot. API page: "Snapshot statuses"; reset-status lists `updating` too. */
export const snapshotStatuses: Record<string, Meaning> = {
  creating: "working",
  available: "ready",
  "backing-up": "working",
  deleting: "working",
  error: "failed",
  deleted: "gone",
  unmanaging: "working",
  restoring: "working",
  updating: "working",
  error_deleting: "failed",
};

/** Every status of a volume. Block Storage API v3, "Volume statuses". */
export const volumeStatuses: Record<string, Meaning> = {
  creating: "working",
  available: "ready",
  reserved: "working",
  attaching: "working",
  detaching: "working",
  "in-use": "ready",
  maintenance: "working",
  deleting: "working",
  "awaiting-transfer": "ready",
  error: "failed",
  error_deleting: "failed",
  "backing-up": "working",
  "restoring-backup": "working",
  "error_backing-up": "failed",
  error_restoring: "failed",
  error_extending: "failed",
  error_managing: "failed",
  error_managing_deleting: "failed",
  downloading: "working",
  uploading: "working",
  retyping: "working",
  extending: "working",
  reverting: "working",
  managing: "working",
  unmanaging: "working",
  deleted: "gone",
};

const statuses: Record<Kind, Record<string, Meaning>> = {
  snapshot: snapshotStatuses,
  volume: volumeStatuses,
};

/** What a status means. One that is not listed, because it is new or because a vendor made it up, is `working`. */
export function meaningOf(kind: Kind, status: string | undefined): Meaning {
  return statuses[kind][normalStatus(status)] ?? "working";
}

/** An object as a wait sees it. */
export function seenOf(kind: Kind, { status }: { status?: string | undefined }): Seen {
  return { state: normalStatus(status), meaning: meaningOf(kind, status) };
}

/** A status in small letters, without space around it. */
export function normalStatus(status: string | undefined): string {
  return (status ?? "").trim().toLowerCase();
}

/** Statuses of a volume that holds its data: what failed is an action on it. */
const failedActions = ["error_extending", "error_backing-up"];

/** What helps against the failure of an action, which leaves the volume's data as they were. */
export function remedyFor(status: string | undefined): string | undefined {
  if (!failedActions.includes(normalStatus(status))) return undefined;
  return (
    "The volume and its data are there, only the last action on it failed: ask an administrator of the cloud to reset " +
    'its status ("openstack volume set --state available <id>"); the next "pulumi up" tries again.'
  );
}

/** What helps against a status, where its owner cannot do it alone. */
export function adviceFor(kind: Kind, status: string | undefined): string | undefined {
  if (normalStatus(status) !== "error_deleting") return undefined;
  return (
    `the service refuses to delete it again in this status; ask an administrator of the cloud to look for the cause ` +
    `in the log of cinder-volume, then to reset it ("openstack ${kind === "volume" ? "volume" : "volume snapshot"} ` +
    `set --state available <id>") or to delete it by force`
  );
}
