import { describe, expect, it } from "vitest";
import { ask, unknown } from "../support/pack";

const rule = "legal-hold";
const held = { metadata: { "legal-hold": "case 42" } };

describe(rule, () => {
  it("wants protection and retainOnDelete of what is held", async () => {
    const [said] = await ask(rule, { type: "cinder:Snapshot", props: held });
    expect(said?.level).toBe("mandatory");
    expect(said?.message).toContain(
      'cinder:Snapshot "nightly": found legal-hold "case 42" without protect and retainOnDelete; ' +
        "wanted protect and retainOnDelete while the hold lasts. " +
        "Give it the options { protect: true, retainOnDelete: true }.",
    );
    const half = { type: "waldur:Snapshot", props: held, protect: true };
    expect((await ask(rule, half))[0]?.message).toContain("without retainOnDelete;");
    const props = { ...held, forPolicies: { retainOnDelete: true } };
    for (const front of ["dynamic", "plugin"] as const) {
      expect(await ask(rule, { ...half, props }, { front })).toEqual([]);
    }
  });

  it("finds the hold of a volume without metadata in its description", async () => {
    const volume = (description: string) => ({ type: "waldur:Volume", props: { description } });
    expect(await ask(rule, volume("of the audit, legal-hold=2027/3"))).toHaveLength(1);
    expect(await ask(rule, volume("no legal hold"))).toEqual([]);
  });

  it("knows what is no hold, and other keys", async () => {
    for (const value of ["", "false", "No", "0"]) {
      expect(
        await ask(rule, { type: "waldur:Snapshot", props: { metadata: { "legal-hold": value } } }),
      ).toEqual([]);
    }
    const config = { key: "litigation" };
    expect(await ask(rule, { type: "waldur:Snapshot", props: held }, { config })).toEqual([]);
    const props = { metadata: { litigation: true } };
    expect(await ask(rule, { type: "waldur:Snapshot", props }, { config })).toHaveLength(1);
  });

  it("notes metadata that are not known yet", async () => {
    const [said] = await ask(rule, { type: "waldur:Snapshot", props: { metadata: unknown } });
    expect(said).toMatchObject({
      level: "advisory",
      message: expect.stringContaining("not checked: metadata"),
    });
  });
});
