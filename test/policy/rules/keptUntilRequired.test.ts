import { describe, expect, it } from "vitest";
import { ask, daysFrom, unknown } from "../support/pack";

const rule = "kept-until-required";
const snapshot = (props: Record<string, unknown>) => ({ type: "waldur:Snapshot", props });

describe(rule, () => {
  it.each(["dynamic", "plugin"] as const)("wants an end, in the %s front", async (front) => {
    const [said, ...others] = await ask(rule, snapshot({ volumeId: "1" }), { front });
    expect(others).toEqual([]);
    expect(said?.level).toBe("advisory");
    expect(said?.message).toContain(
      'waldur:Snapshot "nightly": found neither keptUntil nor retainFor, so no retention is promised: ' +
        "the server never removes it, and a destroy deletes it; " +
        "wanted an end of its retention. Set keptUntil",
    );
    expect(await ask(rule, snapshot({ keptUntil: daysFrom(1) }), { front })).toEqual([]);
    expect(await ask(rule, snapshot({ retainFor: "P1D" }), { front })).toEqual([]);
  });

  it("knows the snapshots of every back end, and nothing else", async () => {
    expect(await ask(rule, { type: "cinder:Snapshot" })).toHaveLength(1);
    for (const type of ["waldur:Volume", "pulumi:pulumi:Stack", "other:waldur:Snapshot"]) {
      expect(await ask(rule, { type })).toEqual([]);
    }
  });

  it("lets go what says so, where that is allowed", async () => {
    const forever = snapshot({ metadata: { retention: "forever" } });
    expect(await ask(rule, forever)).toHaveLength(1);
    expect(await ask(rule, forever, { config: { allowForever: true } })).toEqual([]);
    const [said] = await ask(rule, snapshot({}), { config: { allowForever: true } });
    expect(said?.message).toContain('or say metadata: { retention: "forever" }');
  });

  it("leaves alone what is exempt by its name or its metadata", async () => {
    const tried = snapshot({ metadata: { scratch: "true" } });
    expect(await ask(rule, tried, { config: { exemptNames: ["night*"] } })).toEqual([]);
    expect(await ask(rule, tried, { config: { exemptNames: ["night", "*x"] } })).toHaveLength(1);
    expect(await ask(rule, tried, { config: { exemptMetadata: { scratch: "tr*" } } })).toEqual([]);
    expect(await ask(rule, tried, { config: { exemptMetadata: { scratch: "no" } } })).toHaveLength(1);
  });

  it("notes a date that is not known yet", async () => {
    const said = await ask(rule, snapshot({ keptUntil: unknown }), {
      config: { enforcementLevel: "mandatory" },
    });
    expect(said).toEqual([
      {
        level: "advisory",
        message: expect.stringContaining(
          'not checked: keptUntil of waldur:Snapshot "nightly" is not known yet',
        ),
      },
    ]);
  });
});
