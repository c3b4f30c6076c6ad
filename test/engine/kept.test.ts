import { expect, it } from "vitest";
import { ShiftedClock } from "../../emulator";
import { routes, scenario, snapshot } from "./support/scenario";
import { front } from "./support/stack";

const day = 86_400_000;
const year = 365 * day;

it("a kept snapshot outlives wrong clocks, replaceOnChanges and --replace; forceDelete reaches what was replaced", () => {
  const clock = new ShiftedClock();
  return scenario({ clock, periodic: false }, async ({ waldur, stack }) => {
    const declare = (args: Record<string, unknown> = {}, opts = {}) =>
      stack.declare([{ ...snapshot(waldur, { retainFor: "P2D", ...args }), opts }]);
    const refused = async (run: () => Promise<unknown>) => {
      const before = stack.printed.length;
      await expect(run()).rejects.toThrow();
      return stack.printed.slice(before);
    };
    declare();
    const { outputs } = await stack.up();
    const old = String(outputs.nightly?.id);
    waldur.resetRequests();

    // This machine is 20 years ahead; then the server is, and this machine is right.
    stack.clock = new ShiftedClock(20 * year);
    expect(await refused(() => stack.destroy())).toMatch(
      /is kept until .*\(2 days more\).*the clocks disagree/is,
    );
    stack.clock = new ShiftedClock();
    clock.advance(20 * year);
    expect(await refused(() => stack.destroy())).toMatch(
      /is kept until .*\(4[78] hours more\)|\(2 days more\)/,
    );
    clock.advance(-20 * year);
    stack.clock = clock;

    // Of this option a dynamic provider is told nothing, and Pulumi updates in place.
    if (front === "plugin") {
      declare({ description: "new" }, { replaceOnChanges: ["description"] });
      expect(await refused(() => stack.preview())).toContain("is not replaced");
      expect(await stack.upFails()).toContain("is not replaced");
    }
    expect(waldur.writes).toEqual([]);

    declare();
    const urn = stack.resources().nightly?.urn ?? "";
    expect(await stack.upFails({ replace: [urn] })).toMatch(/is kept until .* has taken its place|by now/s);
    expect(waldur.writes.map(({ route }) => route)).toEqual([routes.snapshot]);
    expect(await stack.upFails()).toMatch(
      /set forceDelete: true on the resource, whose object is \w+ by now/,
    );
    expect(waldur.world.snapshots.has(old)).toBe(true);

    declare({ forceDelete: true });
    await stack.up();
    expect(waldur.world.snapshots.has(old)).toBe(false);
    expect(waldur.world.snapshots.has(String(stack.resources().nightly?.id))).toBe(true);
    waldur.resetRequests();
    expect((await stack.up()).changes).toEqual({ same: 2 });
    expect(waldur.writes).toEqual([]);
    await stack.destroy();
  });
}, 300_000);
