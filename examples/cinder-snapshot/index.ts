import * as pulumi from "@pulumi/pulumi";
import { cinder } from "pulumi-openstack-snapshots";

const config = new pulumi.Config();
/** Size of the volume in GiB. */
const size = config.getNumber("size") ?? 1;

const data = new cinder.Volume("data", { size, description: "What is worth keeping" });

const nightly = new cinder.Snapshot("nightly", {
  volumeId: data.id,
  description: "As it was at the time of the first up",
  metadata: { class: "gold" },
  // Also while the volume is attached to an instance.
  force: true,
});

/** The contents of the snapshot in a volume of their own, to look at; it goes when the stack is destroyed. */
const copy = new cinder.SnapshotRestoration("copy", { snapshotId: nightly.id });

/** What the project may have, and has. */
const limits = cinder.getLimitsOutput();

export const volume = data.id;
export const snapshot = nightly.id;
export const restored = copy.volumeId;
export const snapshotsLeft = limits.apply(({ maxTotalSnapshots = 0, totalSnapshotsUsed = 0 }) =>
  maxTotalSnapshots < 0 ? "any number" : maxTotalSnapshots - totalSnapshotsUsed,
);
