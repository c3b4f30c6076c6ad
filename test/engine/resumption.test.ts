import { describe, expect, it } from "vitest";
import { restoration, routes, scenario, snapshot, volume } from "./support/scenario";
import { everyFront, front } from "./support/stack";

describe("a create that takes longer than its time limit", () => {
  it.each([
    ["volume", "order"],
    ["snapshot", "snapshot"],
    ["restoration", "restore"],
  ] as const)(
    "of a %s is kept in the state, and the next up goes on waiting for the same one",
    (kind, route) =>
      scenario({}, async ({ waldur, stack, sent }) => {
        const make = { volume, snapshot, restoration }[kind];
        const declared = (create: string) => [
          { ...make(waldur), opts: { customTimeouts: { create, update: "1m" } } },
        ];
        const slow = waldur.faults.add({
          route: routes[route],
          action: { kind: "slow", factor: kind === "snapshot" ? 28 : 10 },
        });
        stack.declare(declared("4s"));
        const text = await stack.upFails();
        expect(slow.hits).toBe(1);
        expect(text).toMatch(/not done after [0-4] s/);
        expect(text).toContain('The next "pulumi up" goes on waiting.');
        const [partial] = Object.values(stack.resources());
        expect(partial?.initErrors).toHaveLength(1);

        const { changes } = await stack.up();
        expect(changes).toEqual({ update: 1, same: 1 });
        expect(sent(routes[route])).toHaveLength(1);
        const [whole] = Object.values(stack.resources());
        expect(whole).toMatchObject({ id: partial?.id });
        expect(whole?.initErrors ?? []).toEqual([]);
        waldur.resetRequests();
        expect((await stack.up()).changes).toEqual({ same: 2 });
        expect(waldur.writes).toEqual([]);
      }),
  );

  it("of an attachment is kept in the state too", () =>
    scenario({}, async ({ waldur, stack, sent }) => {
      waldur.faults.add({ route: routes.attach, action: { kind: "slow", factor: 45 } });
      const { volumes, instances } = waldur.ids;
      const args = { volumeId: volumes["data-2"], instanceId: instances["vm-shutoff"] };
      stack.declare([
        { type: "VolumeAttachment", name: "disk", args, opts: { customTimeouts: { create: "4s" } } },
      ]);
      expect(await stack.upFails()).toMatch(/not done after [0-4] s/);
      const { outputs } = await stack.up();
      expect(outputs.disk).toMatchObject({ runtimeState: "in-use" });
      expect(sent(routes.attach)).toHaveLength(1);
    }));
});

// What is kept is the same as above, and so is how each front keeps it.
describe.runIf(front === "plugin" || everyFront)(
  "a server that cannot be read any more after a create",
  () => {
    it.each([
      ["volume", "order", /openstack-volumes\/[0-9a-f]{32}\/$/],
      ["snapshot", "snapshot", /openstack-snapshots\/[0-9a-f]{32}\/$/],
      ["restoration", "restore", /openstack-volumes\/[0-9a-f]{32}\/$/],
    ] as const)("leaves the %s in the state, to be gone on with and not replaced", (kind, route, path) =>
      scenario({}, async ({ waldur, stack, sent }) => {
        const body = { detail: "You do not have permission to perform this action." };
        const times = Number.POSITIVE_INFINITY;
        const refused = waldur.faults.add({
          method: "GET",
          path,
          times,
          action: { kind: "answer", status: 403, body },
        });
        const declared = { volume, snapshot, restoration }[kind](waldur, {
          name: "kept",
          description: "text",
        });
        stack.declare([declared]);
        expect(await stack.upFails()).toContain(body.detail);
        expect(Object.keys(stack.resources())).toEqual([declared.name]);
        refused.remove();
        expect((await stack.up()).changes).toEqual({ update: 1, same: 1 });
        expect(sent(routes[route])).toHaveLength(1);
        expect((await stack.up()).changes).toEqual({ same: 2 });
      }),
    );
  },
);
