import { expect, it } from "vitest";
import { routes, scenario, snapshot } from "./support/scenario";
import { front } from "./support/stack";

it.runIf(front === "plugin")("Ctrl-C keeps every id that the server gave out, and the next up goes on", () =>
  scenario({ speed: 1, maxProvisioning: Number.POSITIVE_INFINITY }, async ({ waldur, stack, sent }) => {
    const names = Array.from({ length: 10 }, (_, index) => `s-${index}`);
    stack.declare(names.map((name) => snapshot(waldur, { name }, name)));
    const half = () => sent(routes.snapshot).length >= 5;
    // Answers that come late: some requests are under way when the interrupt comes.
    waldur.faults.add({ route: routes.snapshot, times: 10, action: { kind: "delay", ms: 500 } });
    const text = await stack.interrupted(half);
    expect(text).toContain("cancelled");
    // A snapshot takes 12 s here: nobody waited for one.
    expect([...waldur.world.snapshots.values()].filter(isOf(names)).map(({ state }) => state)).not.toContain(
      "OK",
    );
    const given = names.flatMap((name) => waldur.world.snapshotsNamed(name).map(({ uuid }) => uuid));
    const kept = Object.values(stack.resources()).map(({ id }) => id);
    expect(given.length).toBeGreaterThanOrEqual(5);
    expect(kept.sort()).toEqual(given.sort());

    const { changes } = await stack.up();
    expect(changes).toMatchObject({ update: given.length });
    for (const name of names) expect(waldur.world.snapshotsNamed(name)).toHaveLength(1);
    expect(sent(routes.snapshot)).toHaveLength(10);
    expect((await stack.up()).changes).toEqual({ same: 11 });
  }),
);

const isOf =
  (names: readonly string[]) =>
  ({ name }: { name: string }) =>
    names.includes(name);
