import { describe, expect, it } from "vitest";
import { ask, daysFrom, unknown } from "../support/pack";

const rule = "retention-not-shortened";
const snapshot = (props: Record<string, unknown>) => ({
  type: "waldur:Snapshot",
  props: { keptUntil: daysFrom(30), ...props },
});

describe(rule, () => {
  it("wants a mode in which nothing can be shortened", async () => {
    const [said] = await ask(rule, snapshot({}));
    expect(said?.message).toContain(
      'found retentionMode "none"; wanted "governance" or "compliance". Set retentionMode: "governance".',
    );
    for (const retentionMode of ["governance", "compliance"]) {
      expect(await ask(rule, snapshot({ retentionMode }))).toEqual([]);
    }
    expect(await ask(rule, snapshot({}), { config: { mode: "none" } })).toEqual([]);
  });

  it("wants a stronger one of a class", async () => {
    const config = { classes: { gold: "compliance" } };
    const gold = snapshot({ retentionMode: "governance", metadata: { class: "gold" } });
    const [said] = await ask(rule, gold, { config });
    expect(said?.message).toContain('found retentionMode "governance"; wanted "compliance" for class "gold"');
    expect(await ask(rule, snapshot({ retentionMode: "governance" }), { config })).toEqual([]);
  });

  it("wants governance to stay closed", async () => {
    const open = snapshot({ retentionMode: "governance", allowShorten: true });
    expect((await ask(rule, open))[0]?.message).toContain(
      "found allowShorten: true; wanted a retention that",
    );
    expect(await ask(rule, open, { config: { allowShorten: true } })).toEqual([]);
    // Compliance cannot be opened.
    expect(await ask(rule, snapshot({ retentionMode: "compliance", allowShorten: true }))).toEqual([]);
  });

  it("says nothing of what is kept for ever", async () => {
    expect(await ask(rule, { type: "waldur:Snapshot" })).toEqual([]);
  });

  it("notes a mode that is not known yet", async () => {
    const [said] = await ask(rule, snapshot({ retentionMode: unknown }), { front: "plugin" });
    expect(said).toMatchObject({
      level: "advisory",
      message: expect.stringContaining("not checked: retentionMode"),
    });
  });
});
