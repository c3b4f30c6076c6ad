import type { Output } from "@pulumi/pulumi";
import { describe, expect, expectTypeOf, it } from "vitest";
import { waldur } from "../../sdk";

describe("the classes", () => {
  it("know their own by Pulumi's type, also from another copy of the package", () => {
    const token = "pulumi-nodejs:dynamic/openstack-snapshots/waldur:Snapshot";
    expect(waldur.Snapshot.isInstance({ __pulumiType: token })).toBe(true);
    expect(waldur.Volume.isInstance({ __pulumiType: token })).toBe(false);
    for (const other of [undefined, null, "text", {}]) expect(waldur.Snapshot.isInstance(other)).toBe(false);
  });

  // The types of the SDK are part of what it promises; `tsc` fails where one of these does not hold.
  it("have typed arguments and outputs", () => {
    expectTypeOf<waldur.Snapshot["state"]>().toEqualTypeOf<Output<string>>();
    expectTypeOf<waldur.Snapshot["keptUntil"]>().toEqualTypeOf<Output<string | undefined>>();
    expectTypeOf<waldur.Volume["attached"]>().toEqualTypeOf<Output<boolean>>();
    expectTypeOf<waldur.SnapshotRestoration["volumeId"]>().toEqualTypeOf<Output<string>>();
    expectTypeOf<waldur.VolumeAttachment["device"]>().toEqualTypeOf<Output<string | undefined>>();
    expectTypeOf<ConstructorParameters<typeof waldur.Volume>[1]>().toEqualTypeOf<waldur.VolumeArgs>();
    expectTypeOf(() => waldur.Snapshot.get("seen", "id")).returns.toEqualTypeOf<waldur.Snapshot>();
    expectTypeOf<{ volumeId: string; keptUntil: number }>().not.toExtend<waldur.SnapshotArgs>();
    expectTypeOf<{ name: string }>().not.toExtend<waldur.SnapshotArgs>();
    expectTypeOf<{ field: "nope"[] }>().not.toExtend<waldur.GetSnapshotsArgs>();
    expectTypeOf<waldur.GetVolumesResult["volumes"][number]["size"]>().toEqualTypeOf<number | undefined>();
    expectTypeOf<waldur.GetVolumesResult["volumes"][number]["id"]>().toEqualTypeOf<string>();
  });

  it("take the names of earlier versions, and demand one of the two", () => {
    expectTypeOf<{ sourceVolume: string }>().toExtend<waldur.SnapshotArgs>();
    expectTypeOf<{ volumeId: string }>().toExtend<waldur.SnapshotArgs>();
    expectTypeOf<{ project: string; offeringId: string; size: number }>().toExtend<waldur.VolumeArgs>();
    expectTypeOf<{ project: string; size: number }>().not.toExtend<waldur.VolumeArgs>();
    expectTypeOf<{ instance: string }>().not.toExtend<waldur.VolumeAttachmentArgs>();
    expectTypeOf<waldur.Snapshot["created"]>().toEqualTypeOf<Output<string>>();
    expectTypeOf<waldur.SnapshotRestoration["volume"]>().toEqualTypeOf<Output<string>>();
    expectTypeOf<waldur.GetVolumeResult["created"]>().toEqualTypeOf<string | undefined>();
  });
});
