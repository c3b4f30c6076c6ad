import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { snapshotRestorationLifecycle } from "../../../provider/waldur/restoration/lifecycle";
import { snapshotLifecycle } from "../../../provider/waldur/snapshot/lifecycle";
import { Stage } from "../../support/waldurStage";

let stage: Stage;
beforeEach(async () => {
  stage = await Stage.start();
});
afterEach(() => stage.close());

interface Creation {
  route: string;
  create: () => Promise<{ id: string }>;
  /** The ids on the server under the name that is created. */
  made: () => string[];
  /** Puts another one of the same name on the server, made at the emulator's present. */
  plant: () => string;
}

const name = "nightly";

const creations: Record<string, () => Creation> = {
  snapshot: () => {
    const { world } = stage.emulator;
    return {
      route: "POST /api/openstack-volumes/{uuid}/snapshot/",
      create: () =>
        snapshotLifecycle.create(
          { name, volumeId: stage.emulator.uuid("volumes", "data-1") },
          stage.context(),
        ),
      made: () => [...world.snapshots.values()].filter((row) => row.name === name).map(({ uuid }) => uuid),
      plant: () => {
        const like = world.snapshots.get(stage.emulator.uuid("snapshots", "seed-snap-1"));
        if (like === undefined) throw new Error("the seed has changed");
        const row = world.newRow("snapshot", name);
        world.snapshots.set(row.uuid, { ...like, ...row });
        return row.uuid;
      },
    };
  },
  restoration: () => {
    const { world } = stage.emulator;
    const snapshot = stage.emulator.uuid("snapshots", "seed-snap-1");
    return {
      route: "POST /api/openstack-snapshots/{uuid}/restore/",
      create: () => snapshotRestorationLifecycle.create({ name, snapshotId: snapshot }, stage.context()),
      made: () => [...world.volumes.values()].filter((row) => row.name === name).map(({ uuid }) => uuid),
      plant: () => {
        const like = world.volumes.get(stage.emulator.uuid("volumes", "data-1"));
        if (like === undefined) throw new Error("the seed has changed");
        const row = world.newRow("volume", name);
        world.volumes.set(row.uuid, { ...like, ...row, sourceSnapshotUuid: snapshot });
        return row.uuid;
      },
    };
  },
};

describe.each(Object.entries(creations))("a %s whose answer is lost", (_, creation) => {
  it("is found though it was made the very moment it was asked for, and is made once", async () => {
    const { route, create, made } = creation();
    stage.emulator.faults.add({ route, action: { kind: "dropAnswer" } });
    await create();
    expect(made()).toHaveLength(1);
    expect(stage.writes).toEqual([route]);
  });

  it("is not taken for one of the same name that was made some seconds before", async () => {
    const { route, create, made, plant } = creation();
    const older = plant();
    stage.clock.advance(3000);
    stage.emulator.faults.add({ route, action: { kind: "dropAnswer" } });
    await create();
    expect(made()).toHaveLength(2);
    expect(made()).toContain(older);
    expect(stage.writes).toEqual([route]);
  });

  it("is made again where nothing was made, an older one of the same name or not", async () => {
    const { route, create, made, plant } = creation();
    plant();
    stage.clock.advance(3000);
    stage.emulator.faults.add({ route, action: { kind: "drop" } });
    await create();
    expect(made()).toHaveLength(2);
  });
});

describe("two restores with one given name, of which one answer is lost,", () => {
  const route = "POST /api/openstack-snapshots/{uuid}/restore/";

  /** Restores twice in one run. */
  function both(description?: string) {
    const { emulator } = stage;
    emulator.faults.add({ route, action: { kind: "dropAnswer" } });
    const { client, clock } = stage.context();
    const snapshot = emulator.uuid("snapshots", "seed-snap-1");
    const create = (resource: string) =>
      snapshotRestorationLifecycle.create(
        { name, snapshotId: snapshot, description },
        stage.context({ client, clock, identity: { project: "p", stack: "s", name: resource } }),
      );
    return Promise.allSettled([create("one"), create("two")]);
  }
  const made = () => [...stage.emulator.world.volumes.values()].filter((row) => row.name === name);

  it("are two volumes of two resources, whose descriptions show no mark", async () => {
    const outcomes = await both();
    const outputs = outcomes.flatMap((each) => (each.status === "fulfilled" ? each.value.outputs : []));
    expect(new Set(outputs.map(({ volumeId }) => volumeId)).size).toBe(2);
    expect(outputs.map(({ description }) => description)).toEqual([
      "Restored from snapshot seed-snap-1",
      "Restored from snapshot seed-snap-1",
    ]);
    expect(made()).toHaveLength(2);
    expect(stage.writes).toEqual([route, route]);
  });

  it("are never one volume, where there is no room for a mark: a person has to say whose the lost one is", async () => {
    const [one, two] = await both("x".repeat(1990));
    expect(one).toMatchObject({
      status: "rejected",
      reason: { message: expect.stringContaining("this may be what it has created, or somebody else's") },
    });
    expect(two).toMatchObject({ status: "fulfilled" });
    expect(made()).toHaveLength(2);
    expect(stage.writes).toEqual([route, route]);
  });
});
