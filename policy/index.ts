/** The retention pack: rules on snapshots, volumes and restorations, for Pulumi's policy packs. */
export { RetentionPack, type RetentionPackConfig, type RetentionPackOptions } from "./pack";
