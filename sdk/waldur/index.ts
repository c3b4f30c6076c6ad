export * from "./functions";
export { Snapshot, SnapshotRestoration, Volume, VolumeAttachment } from "./resources";
export type * from "./types";
