import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { UserError } from "../../provider/core/errors";
import { failure } from "../support/virtualClock";
import { CinderClocks, type Taken, WaldurClocks } from "./support/clockWorlds";

const day = 86_400_000;

/** Keys of other tools, with how each writes its date, and what the error calls the tool. */
const tools: [string, (at: string) => string, string][] = [
  ["expire_at", (at) => at.slice(0, 10), "cinder-snapshooter"],
  ["x-snapsentry-snapshot-expiry-date", (at) => at, "SnapSentry"],
];

describe.each([
  ["Waldur", WaldurClocks.open],
  ["Cinder", CinderClocks.open],
])("a snapshot in %s that this stack promises nothing about", (_name, open) => {
  let world: WaldurClocks | CinderClocks;
  beforeEach(async () => {
    world = await open();
  });
  afterEach(() => world.close());

  /** Sets metadata behind the stack's back. */
  const set = ({ id }: Taken, metadata: Record<string, string>) => {
    const rows = world instanceof CinderClocks ? world.desk.snapshots : world.stage.emulator.world.snapshots;
    const row = rows.get(id) as { metadata: Record<string, unknown> } | undefined;
    if (row) row.metadata = { ...row.metadata, ...metadata };
  };
  const refused = async (taken: Taken) => (await failure(world.delete(taken), UserError)).message;

  it("is guarded by the date that somebody else has set, adopted or not, and the error says so", async () => {
    const taken = await world.take();
    world.setEnd(taken.id, world.inDays(300));
    for (const state of [taken.state, (await world.read({ ...taken, state: {} }))?.outputs ?? {}]) {
      expect(await refused({ ...taken, state })).toContain(
        "This stack declares no retention for it: somebody else has set kept_until.",
      );
    }
    await failure(world.deleteVolume(), UserError);
    expect(world.deletions()).toBe(0);
  });

  it.each(tools)("is guarded by the date that another tool keeps in %s", async (key, spell, tool) => {
    const taken = await world.take();
    set(taken, { [key]: spell(world.inDays(300)) });
    expect(await refused(taken)).toContain(`That date was set by ${tool}, in the metadata key ${key}.`);
    await failure(world.permitReplacement(taken), UserError);
    await failure(world.deleteVolume(), UserError);
    await world.delete({ ...taken, state: { ...taken.state, forceDelete: true } });
    const over = await world.take({ name: "over" });
    set(over, { [key]: spell(world.inDays(2)) });
    await world.pass(3 * day);
    await world.delete(over);
    expect(world.deletions()).toBe(2);
  });

  it("is guarded by a date of another tool that cannot be read, but not by an empty one", async () => {
    const taken = await world.take();
    set(taken, { expire_at: "soon" });
    expect(await refused(taken)).toContain('expire_at is "soon", which cannot be read');
    set(taken, { expire_at: "" });
    await world.delete(taken);
  });

  it("goes by its own keys where the program declares them itself, and by its own retention first", async () => {
    const own = await world.take({ name: "own", metadata: { expire_at: "2099-01-01" } });
    await world.delete(own);
    const both = await world.take({ keptUntil: world.inDays(1) });
    set(both, { expire_at: "2099-01-01" });
    await world.pass(2 * day);
    await world.delete(both);
    expect(world.deletions()).toBe(2);
  });
});
