import { describe, expect, it } from "vitest";
import { ask, unknown } from "../support/pack";

const rule = "delete-guard-on";
const snapshot = (props: Record<string, unknown>) => ({ type: "waldur:Snapshot", props });

describe(rule, () => {
  it("refuses forceDelete but in the stacks where it is allowed", async () => {
    const [said] = await ask(rule, snapshot({ forceDelete: true }));
    expect(said?.level).toBe("mandatory");
    expect(said?.message).toContain(
      'found forceDelete: true in the stack "prod-eu"; wanted forceDelete in no stack. Take forceDelete out',
    );
    const elsewhere = await ask(rule, snapshot({ forceDelete: true }), { config: { stacks: ["dev*"] } });
    expect(elsewhere[0]?.message).toContain("only in the stacks dev*");
    expect(await ask(rule, snapshot({ forceDelete: true }), { config: { stacks: ["*-eu"] } })).toEqual([]);
    expect(await ask(rule, snapshot({ forceDelete: false }))).toEqual([]);
    expect(await ask(rule, snapshot({}))).toEqual([]);
  });

  it("notes what is not known yet", async () => {
    const [said] = await ask(rule, snapshot({ forceDelete: unknown }));
    expect(said).toMatchObject({
      level: "advisory",
      message: expect.stringContaining("not checked: forceDelete"),
    });
  });
});
