import * as pulumi from "@pulumi/pulumi";
import { waldur } from "pulumi-openstack-snapshots";

const config = new pulumi.Config();

const data = new waldur.Volume("data", {
  projectId: config.require("project"),
  offeringId: config.require("offering"),
  size: 10 * 1024, // MiB
});

const attached = new waldur.VolumeAttachment("data-on-instance", {
  volumeId: data.id,
  instanceId: config.require("instance"),
});

/** Taken once the volume is attached; on the way out the volume is detached before it is terminated. */
const first = new waldur.Snapshot("first", { volumeId: data.id }, { dependsOn: attached });

export const device = attached.device;
export const snapshot = first.id;
