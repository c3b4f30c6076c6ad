import { afterEach, describe, expect, it } from "vitest";
import { getSnapshot } from "../../provider/trilio/lookups";
import { bodyOf } from "../../provider/trilio/restoration/body";
import { checkOptions } from "../../provider/trilio/restoration/options";
import { restoreOptionsFrom } from "../../sdk/trilio";
import { TrilioStage } from "../support/trilioStage";

let stage: TrilioStage;
afterEach(() => stage?.close());

async function snapshot() {
  stage = await TrilioStage.start();
  return stage.ask(getSnapshot, { id: "ed4f29e8-7544-4e1c-af8a-a76031211926" });
}
const [a, b] = ["7c1bb5d2-aa5a-44f7-abcd-2d76b819b4c8", "08dab61c-6efd-44d3-a9ed-8e789d338c1b"];
const network = {
  id: "5fb7027d-a2ac-4a21-9ee1-438c281d2b26",
  subnet: "b7b54304-aa82-4d50-91e6-66445ab56db4",
};

describe("options made from a snapshot", () => {
  it("restore everything beside the originals, each network mapped once", async () => {
    const options = restoreOptionsFrom(await snapshot(), { rename: (name) => `${name}-drill` });
    expect(options).toEqual({
      instances: [
        {
          id: a,
          include: true,
          name: "db-a-drill",
          availabilityZone: "nova",
          flavor: { vcpus: 1, ram: 512, disk: 1, ephemeral: 0, swap: 0 },
          volumes: [
            { id: "f6b3fef6-4b0e-487e-84b5-47a14da716ca", newVolumeType: "iscsi", availabilityZone: "nova" },
          ],
        },
        expect.objectContaining({ id: b, name: "db-b-drill" }),
      ],
      networksMapping: [{ snapshotNetwork: network, targetNetwork: { ...network, name: "internal" } }],
      restoreTopology: false,
    });
    expect(checkOptions("selective", options)).toEqual([]);
  });

  it("take instances, names, flavors and networks by name or id, and exclude the others", async () => {
    const target = { id: "n2", subnet: "s2" };
    const options = restoreOptionsFrom(await snapshot(), {
      instances: ["db-b"],
      rename: { [b]: "copy" },
      flavors: { "db-b": "m1.small" },
      networks: { internal: target },
    });
    expect(options.instances).toEqual([
      { id: a, include: false },
      expect.objectContaining({ id: b, include: true, name: "copy", flavor: { id: "m1.small" } }),
    ]);
    expect(options.networksMapping).toEqual([{ snapshotNetwork: network, targetNetwork: target }]);
  });

  it("overwrite boot disk and volumes in place", async () => {
    const options = restoreOptionsFrom(await snapshot(), { kind: "in-place", instances: [a] });
    expect(checkOptions("in-place", options)).toEqual([]);
    expect(bodyOf({ kind: "in-place", options }).restore.options.openstack).toEqual({
      instances: [
        {
          id: a,
          include: true,
          restore_boot_disk: true,
          vdisks: [{ id: "f6b3fef6-4b0e-487e-84b5-47a14da716ca", restore_cinder_volume: true }],
        },
        { id: b, include: false },
      ],
    });
  });

  it("refuse what the snapshot does not hold", async () => {
    const held = await snapshot();
    expect(() => restoreOptionsFrom(held, { rename: { "db-c": "x" } })).toThrow(
      /does not hold db-c; instances: .*db-a/,
    );
    expect(() => restoreOptionsFrom(held, { networks: { outer: "n" } })).toThrow("does not hold outer");
    expect(() => restoreOptionsFrom({ ...held, instances: [] })).toThrow("shows no instances");
  });
});
