import { beforeEach, describe, expect, it } from "vitest";
import { PartialError, UserError } from "../../../../provider/core/errors";
import { appliedKey } from "../../../../provider/core/resource/diff";
import { snapshotLife } from "../../../../provider/core/retention";
import { FakeSnapshots, fakeLife, fakePort, type Inputs, type State } from "../../../support/fakeSnapshots";
import { failure } from "../../../support/virtualClock";

const year = 365 * 86_400_000;
let cloud: FakeSnapshots;
beforeEach(() => {
  cloud = new FakeSnapshots();
});
const run = <T>(work: Promise<T>): Promise<T> => cloud.clock.run(work);

/** Takes a snapshot that is kept for nine days. */
async function make(args: Partial<Inputs> = {}) {
  const inputs = { source: "v", name: "nightly", keptUntil: cloud.inDays(9), ...args };
  cloud.later(0, { state: "OK" });
  const { id, outputs } = await run(fakeLife.create(inputs, cloud.context()));
  cloud.calls.length = 0;
  return { id, inputs, outputs };
}

describe("a snapshot that is gone while the clocks disagree on its end", () => {
  const gone =
    /^snapshot "nightly" \(7\) is gone\. It was to be kept until \S+, and whether that was over is not/;
  let made: Awaited<ReturnType<typeof make>>;
  beforeEach(async () => {
    made = await make();
    cloud.rows.clear();
    cloud.aheadMs = 20 * year;
  });

  it("stops a refresh", async () => {
    const error = await run(failure(fakeLife.read("7", cloud.context(), made.outputs), UserError));
    expect(error.message).toMatch(gone);
    expect(error.message).toMatch(/for the clocks disagree: .* Nothing is changed until it is\.$/);
  });

  it("stops an update, which says what comes next", async () => {
    const news = { ...made.inputs, name: "new" };
    const work = fakeLife.update("7", made.outputs, news, cloud.context());
    const error = await run(failure(work, PartialError));
    expect(error.message).toMatch(gone);
    expect(error.message).toMatch(
      /Run "pulumi refresh"; the next "pulumi up" takes a new one, of the volume as it is then\.$/,
    );
  });

  it("is forgotten by a deletion, with a warning", async () => {
    await run(fakeLife.delete("7", made.outputs, cloud.context()));
    expect(cloud.warnings.at(-1)).toMatch(gone);
    expect(cloud.warnings.at(-1)).toMatch(/It leaves this stack now\.$/);
  });
});

describe("a snapshot that is gone", () => {
  it("before its end says what the next run does", async () => {
    const { outputs } = await make();
    cloud.rows.clear();
    await run(fakeLife.read("7", cloud.context(), outputs));
    expect(cloud.warnings).toEqual([
      expect.stringMatching(/ The next "pulumi up" takes a new one, of the volume as it is then\.$/),
    ]);
  });

  it("without an end is an update's error that says what to do", async () => {
    const { inputs, outputs } = await make({ keptUntil: undefined });
    cloud.rows.clear();
    const work = fakeLife.update("7", outputs, { ...inputs, name: "new" }, cloud.context());
    expect((await run(failure(work, PartialError))).message).toBe(
      'snapshot "nightly" (7) no longer exists; run "pulumi refresh"',
    );
  });

  it("after its end takes no change, and says what to do about it", async () => {
    const { inputs, outputs } = await make();
    // The server may go on showing what it is removing.
    const news = { ...inputs, name: "new" };
    await run(fakeLife.update("7", { ...outputs, expired: true }, news, cloud.context()));
    expect(cloud.warnings).toEqual([
      `snapshot "nightly" was kept until ${inputs.keptUntil} and is gone, so name changes nothing. Take it out of the ` +
        'program, or take a new one with "pulumi up --replace <urn>".',
    ]);
    expect([cloud.calls, cloud.witnessed]).toEqual([[], []]);
  });

  it("after its end echoes its arguments no more", () => {
    const unechoed = (olds: Partial<State> | undefined) =>
      fakeLife.unechoed({ source: "v" }, olds as State | undefined);
    expect(unechoed({ expired: true })).toEqual(["source", "name"]);
    expect(unechoed({ expired: false })).toEqual([]);
    expect(unechoed(undefined)).toEqual([]);
  });
});

describe("an end that the server has lost", () => {
  const lose = () => cloud.later(0, { keptUntil: undefined });

  it("is held by the state through a refresh and a change of something else", async () => {
    const { inputs, outputs } = await make();
    lose();
    const found = await run(fakeLife.read("7", cloud.context(), outputs));
    expect(found?.outputs).toMatchObject({ heldUntil: inputs.keptUntil });
    // This stack never declared the end of what it has adopted.
    const adopted = { ...found?.outputs, [appliedKey]: undefined } as State;
    const news = { source: "v", name: "new" };
    const after = await run(fakeLife.update("7", adopted, news, cloud.context()));
    expect(after).toMatchObject({ name: "new", heldUntil: inputs.keptUntil });
  });

  it("is written again as it was declared, which shortens nothing", async () => {
    const { inputs, outputs } = await make({ retentionMode: "governance" });
    lose();
    // What an update that failed leaves may know of no end either.
    const olds = { ...outputs, keptUntil: undefined };
    const after = await run(fakeLife.update("7", olds, inputs, cloud.context()));
    expect(after.keptUntil).toBe(inputs.keptUntil);
    expect(cloud.warnings).toEqual([]);
  });

  it("is let go of once it is declared no more", async () => {
    const { inputs, outputs } = await make();
    lose();
    const news = { ...inputs, keptUntil: undefined };
    const after = await run(fakeLife.update("7", outputs, news, cloud.context()));
    expect(after.heldUntil).toBeUndefined();
    expect(cloud.warnings).toEqual([expect.stringContaining("no retention is promised any more")]);
  });

  it("is held as it was written last where the server does not show it", async () => {
    const { inputs, outputs } = await make();
    const { write } = fakePort;
    const forgetful = snapshotLife({
      ...fakePort,
      async write(ctx, row, change) {
        await write(ctx, row, change);
        lose();
      },
    });
    const news = { ...inputs, name: "new", keptUntil: cloud.inDays(12) };
    const after = await run(forgetful.update("7", outputs, news, cloud.context()));
    expect(after).toMatchObject({ name: "new", heldUntil: news.keptUntil });
  });
});

it("a server that keeps no mode and removes nothing by itself needs to say nothing of either", async () => {
  const { modeOf: _mode, isBeingRemoved: _removed, beforeRead: _read, verbOf: _verb, ...plain } = fakePort;
  const life = snapshotLife(plain);
  const { outputs } = await make({ retentionMode: "governance" });
  cloud.later(0, { state: "DELETING" });
  const found = await run(life.read("7", cloud.context(), outputs));
  expect(found?.outputs).toMatchObject({ retentionMode: "governance", expired: false });
  cloud.later(0, { state: "OK" });
  const error = await run(failure(life.delete("7", outputs, cloud.context()), UserError));
  expect(error.message).toContain("so it is not deleted");
  await cloud.clock.pass(20 * 86_400_000);
  expect((await run(life.read("7", cloud.context(), outputs)))?.outputs.expired).toBe(false);
});
