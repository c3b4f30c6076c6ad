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
const inputs = { sourceVolume: "1", metadata: { class: "gold" } };

describe("what is noted for policies", () => {
  it("keeps the first declaration, and the last change", () => {
    const first = withForPolicies(inputs, {}, none, at(1));
    expect(first).toMatchObject({
      ...inputs,
      forPolicies: { declaredAt: "2027-01-01T01:00:00.000Z", changedAt: "2027-01-01T01:00:00.000Z" },
    });
    const again = withForPolicies({ ...inputs }, {}, withoutForPolicies(first), at(2));
    expect(again).toEqual(first);
    const changed = withForPolicies({ sourceVolume: "2" }, {}, withoutForPolicies(again), at(3));
    expect(changed.forPolicies).toMatchObject({
      declaredAt: "2027-01-01T01:00:00.000Z",
      changedAt: "2027-01-01T03:00:00.000Z",
    });
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
    expect(older.forPolicies).toEqual({ declared: expect.any(String) });
    const changed = withForPolicies({}, {}, withoutForPolicies(older), at(3));
    expect(changed.forPolicies).toMatchObject({ changedAt: "2027-01-01T03:00:00.000Z" });
    expect(changed.forPolicies).not.toHaveProperty("declaredAt");
  });
});
