import * as pulumi from "@pulumi/pulumi";
import { waldur } from "pulumi-openstack-snapshots";

const config = new pulumi.Config();
/** UUID of the volume whose newest snapshot is wanted back. */
const volumeId = config.require("volume");

/** Every good snapshot of the volume, the newest first. */
const good = waldur.getSnapshotsOutput({ volumeId, state: ["OK"], sort: ["createdAt:desc"] });

const newest = good.apply(({ snapshots: [first] }) => {
  if (first === undefined) throw new Error(`volume ${volumeId} has no snapshot that is OK`);
  return first;
});

const restored = new waldur.SnapshotRestoration(
  "restored",
  { snapshotId: newest.id, onDestroy: "keep" },
  // A newer snapshot must not replace what was restored from an older one.
  { ignoreChanges: ["snapshotId"] },
);

export const snapshots = good.snapshots.apply((all) =>
  all.map(({ name, createdAt }) => `${createdAt} ${name}`),
);
export const volume = restored.volumeId;
