import { expect, it } from "vitest";
import { ShiftedClock } from "../../../../emulator";
import { routes, scenario } from "../../../engine/support/scenario";
import { filled } from "../fill";
import { waldurByHand } from "../waldurByHand";
import { parted, planted, program, record } from "./record";

const dayMs = 86_400_000;

it("waldur", () => {
  // What is kept for a day is over by the time of the recording.
  const clock = new ShiftedClock(-40 * dayMs);
  return scenario({ clock, periodic: false }, async ({ waldur, stack }) => {
    const byHand = waldurByHand(waldur, clock);
    const declared = program("waldur");
    const { imported, whole } = parted(declared);
    const documents = await planted(byHand, imported, () => ({}));
    stack.declare(filled(whole, documents));
    await stack.up({ parallel: 20 });

    clock.advance(40 * dayMs);
    const { gone, wiped } = stack.resources();
    await byHand.send("DELETE", `openstack-snapshots/${gone?.id}/`);
    await byHand.send("PATCH", `openstack-snapshots/${wiped?.id}/`, { metadata: {} });
    await stack.refresh();
    expect((await stack.up()).changes).toEqual({ same: whole.length });

    const slow = { order: 10, snapshot: 28, restore: 10, attach: 45 } as const;
    for (const [route, factor] of Object.entries(slow))
      waldur.faults.add({ route: routes[route as keyof typeof slow], action: { kind: "slow", factor } });
    stack.declare(filled(declared, documents));
    await stack.upFails({ continueOnError: true });
    const unfinished = Object.values(stack.resources()).filter(({ initErrors }) => initErrors);
    expect(unfinished).toHaveLength(4);
    await record("waldur", stack, byHand);
  });
});
