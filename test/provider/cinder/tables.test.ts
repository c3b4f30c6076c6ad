import { describe, expect, it } from "vitest";
import { restorationTable } from "../../../provider/cinder/restoration/schema";
import { snapshotTable } from "../../../provider/cinder/snapshot/schema";
import { volumeTable } from "../../../provider/cinder/volume/schema";
import { applied, appliedKey, differences } from "../../../provider/core/resource/diff";
import { argumentsOf } from "../../../provider/core/resource/field";
import { bodyOf } from "../../../provider/core/resource/requestBody";

const [one, other] = ["11111111-2222-4333-8444-555555555555", "aaaaaaaa-2222-4333-8444-555555555555"];

describe("what previews know", () => {
  it.each([
    [
      "a snapshot",
      snapshotTable,
      {
        echoes: ["description", "name"],
        locals: ["allowShorten", "force", "forceDelete", "retainFor", "retentionMode"],
        replaces: ["volumeId"],
        stable: ["createdAt", "projectId", "size", "userId", "volumeId"],
      },
    ],
    [
      "a volume",
      volumeTable,
      {
        echoes: ["description", "name", "size"],
        locals: ["cascade", "retypeMigrationPolicy"],
        replaces: ["availabilityZone", "imageId", "snapshotId", "sourceVolumeId"],
        stable: [
          "availabilityZone",
          "createdAt",
          "encrypted",
          "imageId",
          "projectId",
          "snapshotId",
          "sourceVolumeId",
          "userId",
        ],
      },
    ],
    [
      "a restoration",
      restorationTable,
      {
        echoes: ["description", "name", "size"],
        locals: ["confirmRevert", "mode", "onDestroy"],
        replaces: ["availabilityZone", "mode", "snapshotId", "volumeType"],
        stable: ["availabilityZone", "createdAt", "projectId", "snapshotId", "volumeId", "volumeType"],
      },
    ],
  ])("of %s", (_what, { echoes, locals, replaces, stable }, expected) => {
    const sorted = (names: readonly string[]) => [...names].sort();
    expect({
      echoes: sorted(echoes),
      locals: sorted(locals),
      replaces: sorted(replaces),
      stable: sorted(stable),
    }).toEqual(expected);
  });
});

describe("bodies of requests", () => {
  const volume = {
    size: 2,
    name: "data",
    description: "",
    metadata: { a: "1" },
    volumeType: "ssd",
    availabilityZone: "nova",
    snapshotId: one.toUpperCase(),
    sourceVolumeId: one,
    imageId: one.replaceAll("-", ""),
    cascade: true,
  };

  it("of a volume hold what each request takes, uuids in the service's spelling", () => {
    expect(bodyOf(volumeTable.fields, volume, "create")).toEqual({
      ...{ size: 2, name: "data", description: "", volume_type: "ssd", availability_zone: "nova" },
      ...{ snapshot_id: one, source_volid: one, imageRef: one },
    });
    expect(bodyOf(volumeTable.fields, volume, "change")).toEqual({ name: "data", description: "" });
  });

  it("of a restored volume are those of any volume", () => {
    const { size, name, volumeType, availabilityZone, snapshotId } = volume;
    const inputs = { size, name, volumeType, availabilityZone, snapshotId };
    expect(bodyOf(restorationTable.fields, inputs, "create")).toEqual(
      bodyOf(volumeTable.fields, inputs, "create"),
    );
  });
});

describe("the type of a volume", () => {
  const differs = (observed: Record<string, unknown>, volumeType: string, before?: string) =>
    differences(
      volumeTable.rules,
      { ...observed, [appliedKey]: applied({ volumeType: before }) },
      { volumeType },
    ).length > 0;

  it("is the same by its name or by its uuid", () => {
    expect(differs({ volumeType: "ssd", volumeTypeId: one }, "ssd")).toBe(false);
    expect(differs({ volumeType: "ssd", volumeTypeId: one }, one.toUpperCase())).toBe(false);
    expect(differs({ volumeType: "ssd", volumeTypeId: one }, other, other)).toBe(true);
    expect(differs({ volumeType: "ssd" }, "hdd", "hdd")).toBe(true);
  });

  it("declared by a uuid that the service does not show is the one that was declared last", () => {
    expect(differs({ volumeType: "ssd" }, one, one)).toBe(false);
    expect(differs({ volumeType: "ssd" }, one, other)).toBe(true);
  });
});

describe("a revert", () => {
  const observed = { snapshotId: one, mode: "revert", confirmRevert: true, name: "data", size: 3 };
  const shown = { ...observed, description: "old", volumeType: "ssd", availabilityZone: "nova" };
  const reverted = { snapshotId: one, mode: "revert", confirmRevert: true, name: "restored" };

  it("says nothing about the volume but its contents", () => {
    const before = { ...shown, [appliedKey]: applied({ ...reverted, description: "new" }) };
    expect(differences(restorationTable.rules, before, reverted)).toEqual([]);
    const renamed = { ...shown, mode: undefined };
    const { mode: _mode, confirmRevert: _confirmed, ...restored } = reverted;
    expect(differences(restorationTable.rules, renamed, restored)).toEqual([
      { property: "name", kind: "update", wanted: "restored" },
    ]);
  });

  it("is declared by the snapshot alone, a new volume by all that it shows", () => {
    expect(argumentsOf(restorationTable, shown)).toEqual({
      snapshotId: one,
      mode: "revert",
      confirmRevert: true,
      name: "data",
    });
    const { mode: _mode, confirmRevert: _confirmed, ...restored } = shown;
    expect(argumentsOf(restorationTable, restored)).toEqual(restored);
  });
});
