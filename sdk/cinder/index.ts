export * from "./functions";
export { Snapshot, SnapshotRestoration, Volume } from "./resources";
export * from "./types";
