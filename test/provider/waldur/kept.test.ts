import { afterEach, expect, it } from "vitest";
import { PartialError } from "../../../provider/core/errors";
import type { Context, Lifecycle, Properties } from "../../../provider/core/resource/lifecycle";
import { snapshotRestorationLifecycle } from "../../../provider/waldur/restoration/lifecycle";
import { snapshotLifecycle } from "../../../provider/waldur/snapshot/lifecycle";
import { volumeLifecycle } from "../../../provider/waldur/volume/lifecycle";
import { failure } from "../../support/virtualClock";
import { Stage } from "../../support/waldurStage";

let stage: Stage | undefined;
afterEach(() => stage?.close());

const kinds: [string, Lifecycle, (stage: Stage) => Properties, RegExp][] = [
  [
    "snapshot",
    snapshotLifecycle as Lifecycle,
    ({ emulator }) => ({ name: "kept", volumeId: emulator.ids.volumes["data-1"] }),
    /openstack-snapshots\/[0-9a-f]{32}\/$/,
  ],
  [
    "volume",
    volumeLifecycle as Lifecycle,
    ({ emulator: { ids } }) => ({
      name: "kept",
      projectId: ids.project,
      offeringId: ids.offering,
      size: 1024,
    }),
    /openstack-volumes\/[0-9a-f]{32}\/$/,
  ],
  [
    "restoration",
    snapshotRestorationLifecycle as Lifecycle,
    ({ emulator }) => ({ name: "kept", snapshotId: emulator.ids.snapshots["seed-snap-1"] }),
    /openstack-volumes\/[0-9a-f]{32}\/$/,
  ],
];

it.each(kinds)(
  "the id of a %s is kept even where all went well and only the last read fails",
  async (_kind, lifecycle, inputs, path) => {
    stage = await Stage.start();
    // Waits ask for a few fields only; the read for the outputs asks for the whole object.
    stage.emulator.faults.add({
      method: "GET",
      path,
      query: (query) => !query.has("field"),
      times: Number.POSITIVE_INFINITY,
      action: { kind: "answer", status: 403, body: { detail: "not any more" } },
    });
    const error = await failure(lifecycle.create(inputs(stage), stage.ctx as Context<unknown>), PartialError);
    expect(error.id).toMatch(/^[0-9a-f]{32}$/);
    expect(error.outputs).toMatchObject({ name: "kept" });
  },
);

it("a lost PATCH that was to take the retention out is sent again where it was not carried out", async () => {
  stage = await Stage.start();
  const { ctx, emulator } = stage;
  const inputs = { name: "n", volumeId: String(emulator.ids.volumes["data-1"]), keptUntil: "2031-01-31" };
  const { id, outputs } = await snapshotLifecycle.create(inputs, ctx);
  const lost = emulator.faults.add({ method: "PATCH", action: { kind: "drop" } });
  const { keptUntil: _, ...news } = inputs;
  const after = await snapshotLifecycle.update(id, outputs, news, ctx);
  expect(lost.hits).toBe(1);
  expect(after).not.toHaveProperty("keptUntil", expect.anything());
  expect(emulator.world.snapshots.get(id)?.keptUntil).toBeNull();
});
