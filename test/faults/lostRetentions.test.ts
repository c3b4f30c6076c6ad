import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { UserError } from "../../provider/core/errors";
import { retentionModes } from "../../provider/core/retention";
import { failure } from "../support/virtualClock";
import { type ClockWorld, clockWorlds, type Taken } from "./support/clockWorlds";

const day = 86_400_000;

/** What a server can have in the place of a date. */
const gone = [undefined, null, "", "  "];
const unreadable = ["soon", "31.01.2035", "2035-13-01T00:00:00Z", "0"];

describe.each(clockWorlds)("%s", (_name, open) => {
  let world: ClockWorld;
  beforeEach(async () => {
    world = await open();
  });
  afterEach(() => world.close());

  /** The same after a refresh. */
  const refreshed = async (taken: Taken): Promise<Taken> => {
    const found = await world.read(taken);
    return { ...taken, state: found?.outputs ?? {} };
  };
  const refused = async (taken: Taken) => (await failure(world.delete(taken), UserError)).message;

  describe.each(retentionModes)("in the mode %s", (retentionMode) => {
    it.each([...gone, ...unreadable])(
      "a date that the state knows holds where the server has %j, before and after a refresh",
      async (value) => {
        const taken = await world.take({ keptUntil: world.inDays(300), retentionMode });
        world.setEnd(taken.id, value);
        await refused(taken);
        const later = await refreshed(taken);
        expect(later.state.heldUntil).toBe(taken.state.keptUntil);
        await refused(later);
        await refused(await refreshed(later));
        await failure(world.permitReplacement(later), UserError);
        expect(world.deletions()).toBe(0);
      },
    );

    it.each([...gone, ...unreadable])(
      "a date that the server has lost (%j) is written again by the next update",
      async (value) => {
        for (const declared of [{ keptUntil: world.inDays(300) }, { retainFor: "P300D" }]) {
          const taken = await world.take({ name: JSON.stringify(declared), ...declared, retentionMode });
          world.setEnd(taken.id, value);
          const later = await refreshed(taken);
          const state = await world.update(later, {});
          expect(state.keptUntil).toBe(taken.state.keptUntil);
          expect(state.heldUntil).toBeUndefined();
          expect(world.warnings).toEqual([]);
        }
      },
    );

    it("an update of something else lets go of nothing", async () => {
      const taken = await world.take({ keptUntil: world.inDays(300), retentionMode });
      world.setEnd(taken.id, undefined);
      const undeclared = { ...taken, inputs: { ...taken.inputs, keptUntil: undefined } };
      // What was adopted has no prints: this stack never declared the date.
      const { __applied: _, ...adopted } = (await refreshed(taken)).state;
      const state = await world.update({ ...undeclared, state: adopted }, { name: "renamed" });
      expect(state).toMatchObject({ name: "renamed", heldUntil: taken.state.keptUntil });
      await refused({ ...taken, state });
    });
  });

  it("a date that cannot be read keeps a snapshot of which nobody knows more, and the error shows it", async () => {
    const taken = await world.take();
    world.setEnd(taken.id, "soon");
    const later = await refreshed(taken);
    for (const each of [taken, later, { ...taken, state: {} }]) {
      expect(await refused(each)).toContain(
        'counts as kept, since kept_until is "soon", which cannot be read',
      );
    }
    await failure(world.deleteVolume(), UserError);
    await world.delete({ ...later, state: { ...later.state, forceDelete: true } });
  });

  it("a date that cannot be read keeps a snapshot even after the date that the state knows", async () => {
    const taken = await world.take({ keptUntil: world.inDays(1) });
    world.setEnd(taken.id, "soon");
    await world.pass(2 * day);
    await refused(taken);
  });

  it("a date that the state knows is over like any other", async () => {
    const taken = await world.take({ keptUntil: world.inDays(1) });
    world.setEnd(taken.id, undefined);
    const later = await refreshed(taken);
    await world.pass(2 * day);
    await world.delete(later);
    expect(world.deletions()).toBe(1);
  });

  it("the server's own date counts, also a nearer one, in nanoseconds too", async () => {
    const taken = await world.take({ keptUntil: world.inDays(300) });
    world.setEnd(taken.id, world.inDays(2).replace(/(\.\d+)?Z$/, ".123456789Z"));
    const later = await refreshed(taken);
    expect(later.state.heldUntil).toBeUndefined();
    await refused(later);
    await world.pass(3 * day);
    await world.delete(later);
  });

  it("a retention that is taken out of the program lets go, though the server had lost it", async () => {
    const taken = await world.take({ keptUntil: world.inDays(300) });
    world.setEnd(taken.id, undefined);
    const later = await refreshed(taken);
    const state = await world.update(later, { keptUntil: undefined });
    expect(state.heldUntil).toBeUndefined();
    expect(world.warnings).toEqual([expect.stringContaining("no retention is promised any more")]);
    await world.delete({ ...taken, state });
  });

  it("one that is gone before the date that only the state knows is lost", async () => {
    const taken = await world.take({ keptUntil: world.inDays(300) });
    world.setEnd(taken.id, undefined);
    const later = await refreshed(taken);
    world.drop(taken.id);
    expect(await world.read(later)).toBeUndefined();
    expect(world.warnings).toEqual([expect.stringMatching(/^LOST/)]);
  });
});
