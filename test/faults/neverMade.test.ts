import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { PartialError, UserError } from "../../provider/core/errors";
import { wasNeverMade as neverMadeInWaldur } from "../../provider/waldur/snapshot/kept";
import { failure } from "../support/virtualClock";
import { CinderClocks, type Taken, WaldurClocks } from "./support/clockWorlds";

/** A creation that fails. @returns what stays in the state */
async function failed(world: WaldurClocks | CinderClocks, args: Record<string, unknown>): Promise<Taken> {
  const { id, outputs } = await failure(world.take(args), PartialError);
  return { id, inputs: args, state: outputs };
}

describe("in Cinder", () => {
  let world: CinderClocks;
  beforeEach(async () => {
    world = await CinderClocks.open();
  });
  afterEach(() => world.close());

  const progress = "os-extended-snapshot-attributes:progress";
  const kept = () => ({ keptUntil: world.inDays(300) });

  /** Changes a snapshot behind the stack's back. */
  const set = (id: string, values: Record<string, unknown>) =>
    Object.assign(world.desk.snapshots.get(id) ?? {}, values);

  it.each([undefined, null, "", "1%", "80%", "100%"])(
    "an error with the progress %j is no proof that a snapshot was never made",
    async (value) => {
      const taken = await world.take(kept());
      set(taken.id, { status: "error", [progress]: value });
      await failure(world.delete({ ...taken, state: {} }), UserError);
      await failure(world.deleteVolume(), UserError);
      expect(world.deletions()).toBe(0);
    },
  );

  it("an error at 0% is none for what was ready once", async () => {
    const taken = await world.take(kept());
    set(taken.id, { status: "error", [progress]: "0%" });
    await failure(world.delete(taken), UserError);
  });

  it("an error at 0% is none for what others brought under Cinder's management, where that never changes", async () => {
    const taken = await world.take(kept());
    const { kept_until } = world.desk.snapshots.get(taken.id)?.metadata ?? {};
    set(taken.id, { status: "error", [progress]: "0%", metadata: { kept_until } });
    await failure(world.delete({ ...taken, state: {} }), UserError);
    await failure(world.deleteVolume(), UserError);
    expect(world.deletions()).toBe(0);
  });

  it("what failed on the way, at 0% and with the mark of its creation, may go at any time", async () => {
    world.desk.after = ({ method }, row) => {
      if (method === "POST") Object.assign(row ?? {}, { status: "error", [progress]: "0%" });
      return undefined;
    };
    const taken = await failed(world, { name: "n", ...kept(), retentionMode: "compliance" });
    await world.delete(taken);
    expect(world.deletions()).toBe(1);
  });
});

describe("in Waldur", () => {
  let world: WaldurClocks;
  beforeEach(async () => {
    world = await WaldurClocks.open();
  });
  afterEach(() => world.close());

  const kept = () => ({ keptUntil: world.inDays(300) });

  it("ERRED with an id in the cloud is no proof that a snapshot was never made, be it in error there", async () => {
    const taken = await failed(world, { name: "FAIL_ASYNC", ...kept() });
    expect(taken.state).toMatchObject({
      state: "ERRED",
      runtimeState: "error",
      backendId: expect.any(String),
    });
    await failure(world.delete(taken), UserError);
    await failure(world.permitReplacement(taken), UserError);
    expect(world.deletions()).toBe(0);
    await world.delete({ ...taken, state: { ...taken.state, forceDelete: true } });
    expect(world.deletions()).toBe(1);
  });

  it("ERRED without an id that the state knows is none either", async () => {
    const taken = await world.take(kept());
    const row = world.stage.emulator.world.snapshots.get(taken.id);
    Object.assign(row ?? {}, { state: "Erred", backendId: null });
    await failure(world.delete(taken), UserError);
    await world.delete({ ...taken, state: {} });
  });

  it("an answer that leaves the id out says nothing of it", () => {
    const row = { uuid: "1", state: "ERRED" } as Parameters<typeof neverMadeInWaldur>[0];
    expect(neverMadeInWaldur(row, {})).toBe(false);
    expect(neverMadeInWaldur({ ...row, backendId: "" }, {})).toBe(true);
  });

  it("what the cloud never took may go at any time", async () => {
    const taken = await failed(world, { name: "FAIL", ...kept(), retentionMode: "compliance" });
    await world.delete(taken);
    expect(world.deletions()).toBe(1);
  });
});
