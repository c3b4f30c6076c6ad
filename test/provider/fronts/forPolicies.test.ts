import { describe, expect, it } from "vitest";
import type { Clock } from "../../../provider/core/clock";
import { withForPolicies, withoutForPolicies } from "../../../provider/fronts/forPolicies";

const at = (hour: number): Clock => ({
  now: () => Date.UTC(2027, 0, 1, hour),
  sleep: async () => undefined,
  alarm: () => () => undefined,
  random: () => 0,
});
const none = { own: {}, forPolicies: {} };
const inputs = { volumeId: "1", metadata: { class: "gold" } };

describe("what is noted for policies", () => {
  it("keeps the first declaration, and the last change of how long it is kept", () => {
    const first = withForPolicies(inputs, {}, none, at(1));
    expect(first).toMatchObject({
      ...inputs,
      forPolicies: { declaredAt: "2027-01-01T01:00:00.000Z", retentionAt: "2027-01-01T01:00:00.000Z" },
    });
    const again = withForPolicies({ ...inputs }, {}, withoutForPolicies(first), at(2));
    expect(again).toEqual(first);
    const renamed = withForPolicies({ ...inputs, name: "other" }, {}, withoutForPolicies(again), at(3));
    expect(renamed.forPolicies).toEqual(first.forPolicies);
    for (const ends of [{ keptUntil: "2028-01-01" }, { retainFor: "P1D" }]) {
      const changed = withForPolicies({ ...inputs, ...ends }, {}, withoutForPolicies(again), at(3));
      expect(changed.forPolicies).toEqual({
        declaredAt: "2027-01-01T01:00:00.000Z",
        retentionAt: "2027-01-01T03:00:00.000Z",
      });
    }
  });

  it("takes arguments that a policy put right for the ones that were declared", () => {
    const first = withForPolicies(inputs, {}, none, at(1));
    const remedied = { ...first, metadata: { class: "gold", owner: "ops" } };
    expect(withForPolicies(inputs, {}, withoutForPolicies(remedied), at(2))).toEqual(first);
  });

  it("follows the option, and notes no time of what was declared before times were noted", () => {
    const kept = withForPolicies(inputs, { retainOnDelete: true }, none, at(1));
    expect(kept.forPolicies).toMatchObject({ retainOnDelete: true });
    expect(withForPolicies(inputs, {}, withoutForPolicies(kept), at(2)).forPolicies).not.toHaveProperty(
      "retainOnDelete",
    );
    const older = withForPolicies(inputs, {}, { own: inputs, forPolicies: {} }, at(2));
    expect(older.forPolicies).toEqual({});
    const changed = withForPolicies({ retainFor: "P1D" }, {}, withoutForPolicies(older), at(3));
    expect(changed.forPolicies).toEqual({ retentionAt: "2027-01-01T03:00:00.000Z" });
  });

  it("takes over what version 0.1.0 noted, but no print of the arguments, which could tell a secret among them", () => {
    const noted = { declaredAt: "2027-01-01T01:00:00.000Z", changedAt: "2027-01-01T02:00:00.000Z" };
    const state = { ...inputs, forPolicies: { ...noted, declared: "0123456789abcdef" } };
    expect(withForPolicies(inputs, {}, withoutForPolicies(state), at(3)).forPolicies).toEqual({
      declaredAt: noted.declaredAt,
      retentionAt: noted.changedAt,
    });
  });

  it("is none of what a program gives but the option", () => {
    const given = { declaredAt: "1999-01-01T00:00:00.000Z", retentionAt: "1999-01-01T00:00:00.000Z" };
    expect(withForPolicies(inputs, given, none, at(1)).forPolicies).toEqual({
      declaredAt: "2027-01-01T01:00:00.000Z",
      retentionAt: "2027-01-01T01:00:00.000Z",
    });
  });
});
