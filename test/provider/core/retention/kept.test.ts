import { describe, expect, it } from "vitest";
import {
  countingEnd,
  isKept,
  type Kept,
  lastMoment,
  promisedEnd,
  unreadableEnd,
} from "../../../../provider/core/retention/kept";

const [one, two, three] = ["2035-01-01", "2036-01-01", "2037-01-01"];
const foreign = { key: "expire_at", value: three, tool: "cinder-snapshooter" };
const kept = (more: Partial<Kept>): Kept => ({ what: "snapshot 7", ...more });

describe("the end that counts", () => {
  it.each<[string, Partial<Kept>, string | number, string]>([
    ["the server's before all others", { keptUntil: one, known: two, foreign }, Date.parse(one), "server"],
    ["the server's, even if nobody can read it", { keptUntil: "soon", known: two }, "unreadable", "server"],
    [
      "the state's where the server has none",
      { keptUntil: "", known: two, foreign },
      Date.parse(two),
      "state",
    ],
    ["another tool's where nobody else has one", { foreign }, Date.parse(three), "tool"],
    ["none where nobody has one", {}, "none", "server"],
  ])("is %s", (_case, ends, end, by) => {
    expect(countingEnd(kept(ends))).toEqual({ end, by });
    const moment = typeof end === "number" ? end : Number.POSITIVE_INFINITY;
    expect(lastMoment(kept(ends))).toBe(moment);
    expect(isKept(kept(ends))).toBe(end !== "none");
  });

  it("is for good in a strict mode where there is none", () => {
    expect(isKept(kept({ mode: "governance" }))).toBe(true);
    expect(isKept(kept({ mode: "none" }))).toBe(false);
  });
});

describe("the end that was promised", () => {
  it("is the server's, or the state's where that cannot be read, and for good where there is none", () => {
    expect(promisedEnd(kept({ keptUntil: one, known: two }))).toBe(Date.parse(one));
    expect(promisedEnd(kept({ keptUntil: "soon", known: two }))).toBe(Date.parse(two));
    expect(promisedEnd(kept({ known: two, foreign }))).toBe(Date.parse(two));
    expect(promisedEnd(kept({ foreign }))).toBe(Number.POSITIVE_INFINITY);
  });
});

describe("an end that cannot be read", () => {
  it.each<[Partial<Kept>, string | undefined]>([
    [{ keptUntil: "soon", known: two }, 'kept_until is "soon"'],
    [{ keptUntil: 7 }, "kept_until is 7"],
    [{ known: "later" }, 'kept_until is "later"'],
    [{ foreign: { ...foreign, value: "never" } }, 'expire_at is "never"'],
    [{ keptUntil: one }, undefined],
    [{}, undefined],
  ])("of %j is told as %j", (ends, words) => expect(unreadableEnd(kept(ends))).toBe(words));
});
