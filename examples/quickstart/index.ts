import * as pulumi from "@pulumi/pulumi";
import { waldur } from "pulumi-openstack-snapshots";

const config = new pulumi.Config();

/** A volume, ordered through Waldur's marketplace. */
const data = new waldur.Volume("data", {
  projectId: config.require("project"),
  offeringId: config.require("offering"),
  size: config.getNumber("size") ?? 10 * 1024, // MiB
});

/** A snapshot of it. Before `keptUntil` it is deleted only where `forceDelete` was applied first. */
const nightly = new waldur.Snapshot("nightly", {
  volumeId: data.id,
  keptUntil: config.get("keptUntil"),
  forceDelete: config.getBoolean("forceDelete"),
});

/** A new volume with the contents of the snapshot. It is terminated when the stack is destroyed. */
const copy = new waldur.SnapshotRestoration("copy", {
  snapshot: nightly.id,
});

export const volume = data.id;
export const volumeSize = data.size;
export const snapshot = nightly.id;
export const keptUntil = nightly.keptUntil.apply((instant) => instant ?? "no retention");
export const restoredVolume = copy.volumeId;
