import { describe, expect, it } from "vitest";
import { killedUp } from "./support/processes";
import { routes, scenario, snapshot, volume } from "./support/scenario";

describe("kill -9 while objects are being made", () => {
  it.each(["provider", "engine", "everything"] as const)(
    "of the %s: the next up takes up what was made",
    (who) =>
      scenario({ speed: 4 }, async ({ waldur, stack, sent }) => {
        stack.declare([volume(waldur), snapshot(waldur)]);
        const made = () =>
          [...waldur.world.volumes.values()].filter(({ name }) => name.startsWith("data-")).length;
        const seeded = made();
        const nightly = () =>
          [...waldur.world.snapshots.values()].filter(({ name }) => /^nightly-/.test(name));
        await killedUp(stack, who, () => made() > seeded && nightly().length === 1);
        expect(Object.keys(stack.resources())).toEqual([]);

        const { changes } = await stack.up();
        expect(changes).toMatchObject({ create: 2 });
        expect([sent(routes.order), sent(routes.snapshot)].map(({ length }) => length)).toEqual([1, 1]);
        expect(made()).toBe(seeded + 1);
        expect(stack.resources().nightly?.id).toBe(nightly()[0]?.uuid);
        expect((await stack.up()).changes).toMatchObject({ same: 3 });
        expect(stack.printed).not.toContain("was created for this resource by an earlier run");
      }),
  );
});

describe("pulumi state delete", () => {
  it("takes a resource out for good: a new one of its name makes a new object", () =>
    scenario({}, async ({ waldur, stack, sent }) => {
      stack.declare([snapshot(waldur)]);
      await stack.up();
      const { id = "", urn = "" } = stack.resources().nightly ?? {};
      await stack.pulumi("state", "delete", urn, "--yes");
      const { text } = await stack.up();
      expect(sent(routes.snapshot)).toHaveLength(2);
      expect(stack.resources().nightly?.id).not.toBe(id);
      expect(text).toContain(
        `(${id}) was created for this resource by an earlier run and is not in the state`,
      );
    }));
});
