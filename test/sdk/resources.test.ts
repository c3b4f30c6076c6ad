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
    expectTypeOf<waldur.SnapshotRestoration["volume"]>().toEqualTypeOf<Output<string>>();
    expectTypeOf<waldur.VolumeAttachment["device"]>().toEqualTypeOf<Output<string | undefined>>();
    expectTypeOf<ConstructorParameters<typeof waldur.Volume>[1]>().toEqualTypeOf<waldur.VolumeArgs>();
    expectTypeOf(() => waldur.Snapshot.get("seen", "id")).returns.toEqualTypeOf<waldur.Snapshot>();
    expectTypeOf<{ sourceVolume: string; keptUntil: number }>().not.toExtend<waldur.SnapshotArgs>();
    expectTypeOf<{ name: string }>().not.toExtend<waldur.SnapshotArgs>();
    expectTypeOf<{ orderBy: "modified"[] }>().not.toExtend<waldur.GetSnapshotsArgs>();
    expectTypeOf<waldur.GetVolumesResult["volumes"][number]["size"]>().toEqualTypeOf<number | undefined>();
  });
});
