import { describe, expect, it } from "vitest";
import { ask, unknown } from "../support/pack";

const rule = "protect-in-production";

describe(rule, () => {
  it("wants protection in the stacks of production", async () => {
    for (const type of ["waldur:Volume", "cinder:Snapshot"]) {
      const [said] = await ask(rule, { type });
      expect(said?.message).toContain(
        'found no protection in the stack "prod-eu"; wanted protect: true in production',
      );
      expect(await ask(rule, { type, protect: true })).toEqual([]);
      expect(await ask(rule, { type }, { config: { stacks: ["production"] } })).toEqual([]);
    }
  });

  it("is about the kinds that are asked for", async () => {
    const config = { kinds: ["Snapshot"] };
    expect(await ask(rule, { type: "waldur:Volume" }, { config })).toEqual([]);
    expect(await ask(rule, { type: "waldur:SnapshotRestoration" })).toEqual([]);
  });

  it("needs no value that may be unknown, but for exemptions", async () => {
    const props = { metadata: unknown };
    expect((await ask(rule, { type: "waldur:Snapshot", props }))[0]?.message).toContain(
      "found no protection",
    );
    const config = { exemptMetadata: { scratch: "true" } };
    const [said] = await ask(rule, { type: "waldur:Snapshot", props }, { config });
    expect(said?.message).toContain("not checked: metadata");
  });
});
