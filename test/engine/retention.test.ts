import { describe, expect, it, vi } from "vitest";
import { ShiftedClock, type WaldurEmulator } from "../../emulator";
import { routes, scenario, snapshot, volume } from "./support/scenario";
import type { Stack } from "./support/stack";

const day = 86_400_000;

// Up to nine runs of the engine each.
vi.setConfig({ testTimeout: 300_000 });

/** An instant so many milliseconds after the server's now, to the second. */
function inTime(clock: ShiftedClock, ms: number): string {
  return new Date(Math.ceil((clock.now() + ms) / 1000) * 1000).toISOString();
}

/** What the server says of a snapshot of the stack. */
function onServer(waldur: WaldurEmulator, stack: Stack, name = "nightly") {
  waldur.world.advance();
  return waldur.world.snapshots.get(String(stack.resources()[name]?.id));
}

/** What a run prints that has to fail. */
async function refused(stack: Stack, run: () => Promise<unknown>): Promise<string> {
  const before = stack.printed.length;
  await expect(run()).rejects.toThrow();
  return stack.printed.slice(before);
}

describe("before the end of its retention", () => {
  it("no way deletes a snapshot, and after it each does", () => {
    const clock = new ShiftedClock();
    // The server does not remove what has expired here: that is for Pulumi to do.
    return scenario({ clock, periodic: false }, async ({ waldur, stack }) => {
      const kept = { retainFor: "P2D" };
      const names = ["forced", "changed", "taken out", "destroyed"];
      const all = names.map((name) => snapshot(waldur, kept, name));
      stack.declare(all.map((one) => ({ ...one, opts: { protect: true } })));
      const { outputs } = await stack.up();
      const ids = names.map((name) => String(outputs[name]?.id));
      const there = () => ids.filter((id) => waldur.world.snapshots.has(id));
      const urn = stack.resources().forced?.urn ?? "";
      waldur.resetRequests();

      const help = await stack.pulumiAlone("destroy", "--help");
      if (!help.includes("--ignore-protect")) await stack.pulumi("state", "unprotect", "--all", "--yes");
      const destroyed = await refused(stack, () =>
        help.includes("--ignore-protect")
          ? stack.pulumi("destroy", "--yes", "--skip-preview", "--ignore-protect")
          : stack.destroy(),
      );
      // The engine need not begin the other deletions once one of them has failed.
      expect(destroyed).toMatch(/snapshot "[a-z ]+-[0-9a-f]{7}" \(\w+\) is kept until \S+Z \(2 days more\)/);
      expect(destroyed).toContain("set forceDelete: true");
      expect(destroyed).toContain("shorten keptUntil");

      stack.declare(all.filter(({ name }) => name !== "taken out"));
      expect(await stack.upFails()).toMatch(/snapshot "taken out-\w+" \(\w+\) is kept until/);

      const { "data-2": other } = waldur.ids.volumes;
      const moved = snapshot(waldur, { volumeId: other, ...kept }, "changed");
      stack.declare(all.map((one) => (one.name === "changed" ? moved : one)));
      expect(await stack.upFails()).toMatch(
        /snapshot "changed-\w+" \(\w+\) is kept until .* is not replaced/,
      );
      expect(waldur.writes).toEqual([]);

      // Of this the engine tells the provider only when the old one is to go.
      stack.declare(all);
      expect(await stack.upFails({ replace: [urn] })).toMatch(/snapshot "forced-\w+" \(\w+\) is kept until/);
      expect(waldur.writes.map(({ route }) => route)).toEqual([routes.snapshot]);
      expect(there()).toEqual(ids);

      clock.advance(3 * day);
      stack.declare([
        snapshot(waldur, {}, "forced"),
        snapshot(waldur, { volumeId: other }, "changed"),
        snapshot(waldur, kept, "destroyed"),
      ]);
      const { changes } = await stack.up({ replace: [urn] });
      expect(changes).toMatchObject({ replace: 2, delete: 1 });
      expect(there()).toEqual([ids[3]]);
      await stack.destroy();
      expect(there()).toEqual([]);
      expect(stack.resources()).toEqual({});
    });
  });

  it("the server's date counts, and forceDelete once it is applied", () => {
    const clock = new ShiftedClock();
    return scenario({ clock }, async ({ waldur, stack, sent }) => {
      const keptUntil = inTime(clock, day);
      stack.declare([snapshot(waldur, { name: "n", keptUntil })]);
      await stack.up();
      const object = onServer(waldur, stack);
      if (!object) throw new Error("the snapshot is not there");
      const extended = inTime(clock, 30 * day).replace(".000Z", "Z");
      object.keptUntil = extended;
      clock.advance(2 * day);
      expect(await refused(stack, () => stack.destroy())).toContain(
        `is kept until ${extended} (28 days more), so it is not deleted before`,
      );

      waldur.resetRequests();
      stack.declare([snapshot(waldur, { name: "n", keptUntil: extended, forceDelete: true })]);
      expect((await stack.up()).changes).toEqual({ update: 1, same: 1 });
      expect(sent(routes.patchSnapshot)).toEqual([]);
      expect(onServer(waldur, stack)).toBeDefined();
      await stack.destroy();
      expect(waldur.world.snapshotsNamed("n")).toEqual([]);
    });
  });
});

describe("a volume that is to be replaced", () => {
  it("with its snapshots is refused in the preview, where one of them is kept", () =>
    scenario({}, async ({ waldur, stack }) => {
      const declare = (image?: string) =>
        stack.declare([
          volume(waldur, { image }),
          snapshot(waldur, { volumeId: "@data.id" }, "free"),
          snapshot(waldur, { volumeId: "@data.id", retainFor: "P1D" }, "kept"),
        ]);
      declare();
      await stack.up();
      waldur.resetRequests();
      declare(waldur.ids.images["debian-12"]);
      await expect(stack.preview()).rejects.toThrow(
        /snapshot "kept-\w+" \(\w+\) is kept until .* is not replaced/,
      );
      expect(waldur.writes).toEqual([]);
    }));
});

describe("the mode of a retention", () => {
  it("decides what may be shortened, forced and taken back", () => {
    const clock = new ShiftedClock();
    return scenario({ clock }, async ({ waldur, stack, sent }) => {
      const [early, late] = [inTime(clock, 10 * day), inTime(clock, 20 * day)];
      const declare = (args: Record<string, unknown>) =>
        stack.declare([snapshot(waldur, { name: "n", ...args })]);
      declare({ keptUntil: late });
      await stack.up();
      declare({ keptUntil: early });
      expect((await stack.up()).text).toMatch(
        /warning: .*its retention is shortened: kept until .* instead of/,
      );

      declare({ keptUntil: late, retentionMode: "governance" });
      await stack.up();
      expect(sent(routes.patchSnapshot)).toEqual([early, late].map((kept_until) => ({ kept_until })));
      waldur.resetRequests();
      declare({ keptUntil: early, retentionMode: "governance" });
      await expect(stack.preview()).rejects.toThrow('in the mode "governance", which is not shortened');
      expect(await stack.upFails()).toContain("Or set allowShorten: true.");
      declare({ keptUntil: late });
      expect(await stack.upFails()).toContain('which is not taken back to "none" before');
      expect(waldur.writes).toEqual([]);

      declare({ keptUntil: early, retentionMode: "compliance", allowShorten: true, forceDelete: true });
      await stack.up();
      expect(sent(routes.patchSnapshot)).toEqual([{ kept_until: early }]);
      declare({ keptUntil: early, retentionMode: "governance", allowShorten: true });
      expect(await stack.upFails()).toContain("There is no way around this.");
      expect(await refused(stack, () => stack.destroy())).toContain('its retentionMode is "compliance"');
      expect(onServer(waldur, stack)).toBeDefined();
    });
  });
});

describe("a snapshot that is gone", () => {
  it("because its time was over stays in the stack; one that is gone before its date is lost", () => {
    const clock = new ShiftedClock();
    return scenario({ clock }, async ({ waldur, stack }) => {
      const late = inTime(clock, 30 * day);
      const declare = (args: Record<string, unknown> = {}) =>
        stack.declare([
          snapshot(waldur, { retainFor: "P1D", ...args }, "short"),
          snapshot(waldur, { retainFor: "P1D" }, "quiet"),
          snapshot(waldur, { name: "long", keptUntil: late }, "long"),
        ]);
      declare();
      const { outputs } = await stack.up();
      clock.advance(2 * day);
      waldur.world.advance();
      waldur.world.dropSnapshot(String(outputs.long?.id));
      waldur.resetRequests();

      declare({ description: "too late" });
      const late1 = await stack.up();
      expect(late1.changes).toEqual({ update: 1, same: 3 });
      expect(late1.text).toMatch(/warning: .*was kept until .* and is gone, so description changes nothing/);
      const refreshed = await stack.refresh();
      expect(refreshed.text).toMatch(
        /LOST: snapshot "long" \(\w+\) is gone, although it was to be kept until/,
      );
      expect(refreshed.changes).toMatchObject({ delete: 1 });
      expect(stack.resources().short?.outputs.expired).toBe(true);
      expect(stack.resources().quiet?.outputs).toMatchObject({ expired: true, state: "OK" });
      expect(waldur.writes).toEqual([]);

      const again = await stack.up();
      expect(again.changes).toEqual({ create: 1, same: 3 });
      expect(waldur.writes.map(({ route }) => route)).toEqual([routes.snapshot]);
      expect((await stack.refresh()).changes).toEqual({ same: 4 });
      waldur.resetRequests();
      const gone = ["short", "quiet"].map((name) => stack.resources()[name]?.urn ?? "");
      expect((await stack.destroy({ target: gone })).changes).toMatchObject({ delete: 2 });
      expect(Object.keys(stack.resources())).toEqual(["long"]);
      expect(waldur.writes).toEqual([]);
    });
  });
});

describe("an instant that is past", () => {
  it("is refused for a new snapshot, before anything is written", () => {
    const clock = new ShiftedClock(2 * day);
    return scenario({ clock }, async ({ waldur, stack }) => {
      stack.clock = undefined;
      // Past for everybody, so a preview says it; and past for the server alone, which is asked before the write.
      const [past, behind] = [-2.5 * day, -day].map((ms) => inTime(clock, ms));
      stack.declare([snapshot(waldur, { keptUntil: past }, "past")]);
      await expect(stack.preview()).rejects.toThrow(/is past: it is \S+ now/);
      stack.declare([snapshot(waldur, { keptUntil: behind }, "past")]);
      expect(await stack.upFails()).toMatch(/keptUntil: \S+ is past: it is \S+ now/);
      expect(waldur.writes).toEqual([]);
    });
  });
});
