import { describe, expect, it } from "vitest";
import { ask, daysFrom, unknown } from "../support/pack";

const rule = "maximum-retention";
const snapshot = (props: Record<string, unknown>, ago = 0) => ({
  type: "cinder:Snapshot",
  props: { ...props, forPolicies: { declaredAt: daysFrom(-ago) } },
});

describe(rule, () => {
  it("reckons from the day of the declaration", async () => {
    const config = { days: 30 };
    const [said] = await ask(rule, snapshot({ keptUntil: daysFrom(31) }), { config });
    expect(said?.message).toContain("which is 31 days; wanted at most 30 days. Set an earlier keptUntil");
    expect(await ask(rule, snapshot({ keptUntil: daysFrom(30) }), { config })).toEqual([]);
    expect(await ask(rule, snapshot({ keptUntil: daysFrom(25) }, 10), { config })).toHaveLength(1);
    expect(await ask(rule, snapshot({ retainFor: "P1Y" }), { config })).toHaveLength(1);
    expect(await ask(rule, snapshot({ retainFor: "P1Y" }))).toEqual([]);
  });

  it("has a limit of its own for a class", async () => {
    const config = { classes: { scratch: 14 } };
    const scratch = { metadata: { class: "scratch" }, retainFor: "P15D" };
    const [said] = await ask(rule, snapshot(scratch), { config });
    expect(said?.message).toContain('wanted at most 14 days for class "scratch"');
    expect(await ask(rule, snapshot({ retainFor: "P15D" }), { config })).toEqual([]);
  });

  it("is about what has no end only where that is said", async () => {
    expect(await ask(rule, snapshot({}))).toEqual([]);
    const [said] = await ask(rule, snapshot({}), { config: { allowForever: false } });
    expect(said?.message).toContain(
      "found neither keptUntil nor retainFor, so no retention is promised: the server never removes it, and a destroy " +
        "deletes it; wanted at most 3653 days",
    );
  });

  it("notes a duration that is not known yet", async () => {
    const [said] = await ask(rule, snapshot({ retainFor: unknown }), { front: "plugin" });
    expect(said).toMatchObject({
      level: "advisory",
      message: expect.stringContaining('not checked: retainFor of cinder:Snapshot "nightly"'),
    });
  });
});
