import { afterEach, expect, it } from "vitest";
import { cinder } from "../../provider/cinder/backend";
import { volumeLifecycle as cinderVolumes } from "../../provider/cinder/volume/lifecycle";
import { volumeLifecycle as waldurVolumes } from "../../provider/waldur/volume/lifecycle";
import { CinderDesk } from "../support/cinderDesk";
import { lifecycleOn } from "../support/lifecycleOn";
import { Stage } from "../support/waldurStage";

let close = async () => {};
afterEach(() => close());

// Back ends that keep only certain sizes, e.g. multiples of 8 GiB, make a volume larger than it was asked for.
it("a volume of Waldur that the back end has rounded up is as it was asked for", async () => {
  const stage = await Stage.start();
  close = () => stage.close();
  const { world, ids } = stage.emulator;
  const named = () => [...world.volumes.values()].filter(({ name }) => name === "rounded");
  const context = stage.context({
    progress: () => {
      for (const volume of named()) volume.size = 16_384;
    },
  });
  const inputs = { projectId: ids.project, offeringId: ids.offering, size: 10_240, name: "rounded" };
  const { outputs } = await waldurVolumes.create(inputs, context);
  expect(outputs.size).toBe(16_384);
  expect(stage.writes).toEqual(["POST /api/marketplace-orders/"]);
  expect(waldurVolumes.diff(outputs, inputs)).toEqual([]);
});

it("a volume of Cinder that the back end has rounded up is as it was asked for", async () => {
  const desk = await new CinderDesk().open();
  close = async () => desk.close();
  desk.after = ({ method }) => {
    if (method === "POST") for (const row of desk.volumes.values()) row.size = 8;
    return undefined;
  };
  const clock = desk.stage.clock;
  const volumes = lifecycleOn(cinderVolumes, cinder.connect(desk.settings, clock), clock);
  const { outputs } = await volumes.create({ size: 2 });
  expect(outputs.size).toBe(8);
  expect(desk.writes()).toHaveLength(1);
  expect(volumes.diff(outputs, { size: 2 })).toEqual([]);
});
