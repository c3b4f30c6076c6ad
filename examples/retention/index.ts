import * as pulumi from "@pulumi/pulumi";
import { waldur } from "pulumi-openstack-snapshots";

// pulumi up --policy-pack policy
// pulumi up --policy-pack policy --policy-pack-config policy/development.json

const config = new pulumi.Config();

/** A volume that wants a snapshot that is younger than a day. Waldur's volumes take no metadata. */
const data = new waldur.Volume("data", {
  projectId: config.require("project"),
  offeringId: config.require("offering"),
  size: config.getNumber("size") ?? 10 * 1024, // MiB
  description: "The accounts; recovery-point-hours=24",
});

/** The pack fills in `metadata: { class: "bronze" }`, and wants 35 days of it. */
const nightly = new waldur.Snapshot("nightly", {
  volumeId: data.id,
  retainFor: config.get("retainFor") ?? "P35D",
});

/** What the law wants for ten years: nothing shortens it, not even who runs this program. */
const yearly = new waldur.Snapshot("yearly", {
  volumeId: data.id,
  retainFor: "P10Y",
  retentionMode: "compliance",
  metadata: { class: "gold" },
});

/** A restore that shows that there is something to be restored. */
const tested = new waldur.SnapshotRestoration("tested", { snapshotId: nightly.id });

export const keptUntil = { nightly: nightly.keptUntil, yearly: yearly.keptUntil };
export const restoredVolume = tested.volumeId;
