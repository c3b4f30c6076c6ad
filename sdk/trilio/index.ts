export * from "./functions";
export { SnapshotRestoration } from "./resources";
export { type RestoreChoices, type RestoreOptions, restoreOptionsFrom } from "./restoreOptionsFrom";
export * from "./types";
