import { describe, expect, it } from "vitest";
import { applied, appliedKey } from "../../../../provider/core/resource/diff";
import { declaresRetention, foreignEnd } from "../../../../provider/core/retention";

/** A state after these arguments were applied. */
const having = (inputs: Record<string, unknown>) => ({ [appliedKey]: applied(inputs) });

describe("an end that another tool keeps in the metadata", () => {
  it.each([
    ["kept_until", "a stack that manages it through Cinder"],
    ["expire_at", "cinder-snapshooter"],
    ["x-snapsentry-snapshot-expiry-date", "SnapSentry"],
  ])("counts in the key %s", (key, tool) => {
    for (const value of ["2035-01-31", "soon"])
      expect(foreignEnd({ team: "db", [key]: value }, {})).toEqual({ key, value, tool });
  });

  it.each([
    [undefined],
    ["2035-01-31"],
    [{ retention: "2035-01-31" }],
    [{ expire_at: "  " }],
    [{ expire_at: 2035 }],
    [{ expire_at: null }],
  ])("is none in %j", (metadata) => expect(foreignEnd(metadata, {})).toBeUndefined());

  it("is none where this stack declares the key itself", () => {
    const metadata = { expire_at: "2035-01-31" };
    expect(foreignEnd(metadata, having({ metadata }))).toBeUndefined();
    expect(foreignEnd(metadata, having({ metadata: { team: "db" } }))?.value).toBe("2035-01-31");
  });

  it("is the last one of several, and one that cannot be read comes after all", () => {
    const [near, far, unreadable] = ["2035-01-31", "2036-01-31", "soon"];
    const last = (one: string, two: string, three: string) =>
      foreignEnd({ kept_until: one, expire_at: two, "x-snapsentry-snapshot-expiry-date": three }, {})?.key;
    expect(last(far, near, near)).toBe("kept_until");
    expect(last(near, far, near)).toBe("expire_at");
    expect(last(near, near, far)).toBe("x-snapsentry-snapshot-expiry-date");
    expect(last(near, far, unreadable)).toBe("x-snapsentry-snapshot-expiry-date");
    expect(last(unreadable, far, near)).toBe("kept_until");
  });
});

describe("a stack", () => {
  it("declares a retention where it has applied one in either way", () => {
    expect(declaresRetention(having({ keptUntil: "2035-01-31" }))).toBe(true);
    expect(declaresRetention(having({ retainFor: "P1D" }))).toBe(true);
    expect(declaresRetention(having({ name: "n", retentionMode: "governance" }))).toBe(false);
    expect(declaresRetention({})).toBe(false);
  });
});
