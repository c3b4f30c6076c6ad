export type { WaldurSettings } from "../settings/types";
export * from "./functions";
export { Snapshot, SnapshotRestoration, Volume, VolumeAttachment } from "./resources";
export * from "./types";
