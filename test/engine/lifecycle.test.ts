import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startWaldur, type WaldurEmulator } from "../../emulator";
import { Stack } from "./support/stack";

let waldur: WaldurEmulator;
let stack: Stack;

beforeEach(async () => {
  waldur = await startWaldur({ speed: 40 });
  stack = await Stack.create(waldur);
});

afterEach(async () => {
  stack.dispose();
  await waldur.close();
});

describe("a stack of a volume, a snapshot and a restoration", () => {
  it("is created, left alone by a second up, and destroyed", async () => {
    stack.declare([
      {
        type: "Volume",
        name: "data",
        args: { project: waldur.ids.project, offering: waldur.ids.offering, size: 10240 },
      },
      { type: "Snapshot", name: "nightly", args: { sourceVolume: "@data.id", keptUntil: "2031-01-31" } },
      { type: "SnapshotRestoration", name: "copy", args: { snapshot: "@nightly.id" } },
    ]);
    const first = await stack.up();
    console.log(first.text, first.outputs, waldur.counts());
    expect(first.changes.create).toBe(4);
    waldur.resetRequests();
    const second = await stack.up();
    console.log(second.text);
    expect(second.changes).toEqual({ same: 4 });
    expect(waldur.writes).toEqual([]);
    const third = await stack.destroy();
    console.log(third.text);
  });
});
