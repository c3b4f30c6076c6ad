export * from "./functions";
export { Snapshot, SnapshotRestoration, Volume, VolumeAttachment } from "./resources";
export * from "./types";
