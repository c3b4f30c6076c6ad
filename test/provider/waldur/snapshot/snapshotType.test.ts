import { afterEach, expect, it } from "vitest";
import { snapshotLifecycle } from "../../../../provider/waldur/snapshot/lifecycle";
import { lifecycleOn } from "../../../support/lifecycleOn";
import { Stage } from "../../../support/waldurStage";

let stage: Stage;
afterEach(() => stage.close());

it("goes out, comes back, is changed in place, is taken out and imported", async () => {
  stage = await Stage.start();
  const run = lifecycleOn(snapshotLifecycle, stage.ctx.client, stage.ctx.clock);
  const declared = {
    sourceVolume: stage.emulator.uuid("volumes", "data-1"),
    name: "typed",
    snapshotType: "a",
  };
  const { id, outputs } = await run.create(declared);
  expect(outputs.snapshotType).toBe("a");
  expect(run.diff(outputs, declared)).toEqual([]);
  expect(run.diff(outputs, { ...declared, snapshotType: "b" })).toEqual(["snapshotType"]);
  const changed = await run.update(id, outputs, { ...declared, snapshotType: "b" });
  expect(stage.emulator.world.snapshots.get(id)?.snapshotType).toBe("b");
  const { snapshotType: _taken, ...without } = declared;
  expect(run.diff(changed, without)).toEqual(["snapshotType"]);
  expect((await run.read(id))?.inputs.snapshotType).toBe("b");
});
