import * as pulumi from "@pulumi/pulumi";
import { trilio } from "pulumi-openstack-snapshots";

const config = new pulumi.Config();
/** ID of the workload that is to be restored. */
const workload = config.require("workload");

/** The newest snapshot that can be restored, with the instances that it holds. */
const latest = trilio.getSnapshotOutput({ workload, mostRecent: true });

/** Every instance with its size, volumes and networks, under another name. */
const options = latest.apply((snapshot) =>
  trilio.restoreOptionsFrom(snapshot, { rename: (name) => `${name}-drill` }),
);

const drill = new trilio.SnapshotRestoration(
  "drill",
  { snapshot: latest.id, kind: "selective", options, onInterrupt: "cancel" },
  // Tomorrow's snapshot is no reason to restore again; `pulumi up --replace` is.
  { ignoreChanges: ["snapshot", "options"] },
);

export const newest = latest.name;
export const retention = trilio
  .getWorkloadOutput({ id: workload })
  .apply(({ schedule }) => schedule?.retention);
export const status = drill.status;
export const instances = drill.instances;
