import { describe, expect, it } from "vitest";
import { applied, appliedKey } from "../../../../provider/core/resource/diff";
import { heldEnd, knownEnd, withRestored } from "../../../../provider/core/retention/held";

const [date, other] = ["2035-01-31T00:00:00Z", "2036-01-31T00:00:00Z"];

describe("the end that a state knows", () => {
  it.each([
    [{ keptUntil: date }, date],
    [{ keptUntil: date, heldUntil: other }, date],
    [{ keptUntil: "soon", heldUntil: other }, other],
    [{ keptUntil: "", heldUntil: other }, other],
    [{ heldUntil: other }, other],
    [{ keptUntil: "soon" }, "soon"],
    [{}, undefined],
  ])("of %j is %j", (state, end) => expect(knownEnd(state)).toBe(end));
});

describe("what a state goes on knowing", () => {
  it.each([
    [date, { keptUntil: other, heldUntil: other }, {}],
    [undefined, { keptUntil: date }, { heldUntil: date }],
    ["soon", { keptUntil: date }, { heldUntil: date }],
    ["", { heldUntil: date }, { heldUntil: date }],
    [undefined, { keptUntil: "soon" }, {}],
    [undefined, {}, {}],
  ])("where the server shows %j and it knew %j is %j", (shown, state, held) =>
    expect(heldEnd(shown, state)).toEqual(held),
  );
});

describe("an end that is declared as before and that server and state have lost", () => {
  const kept = { what: "snapshot 7" };
  const olds = { [appliedKey]: applied({ keptUntil: date }) };

  it("counts as known: writing it again shortens nothing", () => {
    expect(withRestored(kept, olds, { keptUntil: date })).toEqual({ ...kept, known: date });
    const unreadable = { ...kept, known: "soon" };
    expect(withRestored(unreadable, olds, { keptUntil: date })).toEqual({ ...kept, known: date });
  });

  it("does not count where the state knows one, or where another one or none is declared", () => {
    const known = { ...kept, known: other };
    expect(withRestored(known, olds, { keptUntil: date })).toEqual(known);
    expect(withRestored(kept, olds, { keptUntil: other })).toEqual(kept);
    expect(withRestored(kept, olds, {})).toEqual(kept);
    expect(withRestored(kept, {}, { keptUntil: date })).toEqual(kept);
  });
});
