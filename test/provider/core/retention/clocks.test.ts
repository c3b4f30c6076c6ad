import { describe, expect, it } from "vitest";
import { doubtAbout, isOver, wasOver } from "../../../../provider/core/retention/clocks";
import { isoTimestamp } from "../../../../provider/core/values";
import { clocks } from "../../../support/readings";
import { someDay } from "../../../support/virtualClock";

const minute = 60_000;
const year = 365 * 86_400_000;
const kept = (at: number, mode?: "governance") => ({ what: "snapshot 7", keptUntil: isoTimestamp(at), mode });

describe("clocks", () => {
  it("are believed where two agree, of which one is the service's in a strict mode", () => {
    expect(doubtAbout(clocks(someDay))).toBeUndefined();
    expect(doubtAbout(clocks(someDay), "compliance")).toBeUndefined();
    const withoutService = clocks(someDay, null, { Keystone: someDay });
    expect(doubtAbout(withoutService)).toBeUndefined();
    expect(doubtAbout(withoutService, "governance")).toMatch(
      /tells no time, which the mode "governance" needs/,
    );
    expect(doubtAbout(clocks(someDay, null))).toMatch(
      /The clock of this machine, \S+, is not believed alone/,
    );
  });

  it("are not believed where any two disagree, whichever it is", () => {
    for (const readings of [
      clocks(someDay + year, someDay),
      clocks(someDay, someDay + year),
      clocks(someDay, someDay, { Keystone: someDay - year }),
    ])
      expect(doubtAbout(readings)).toMatch(
        /^the clocks disagree: this machine says \S+, the service says \S+/,
      );
  });
});

describe("a retention", () => {
  it("is over once it is over by the clock that is furthest behind", () => {
    const readings = clocks(someDay, someDay + 5 * minute, { Keystone: someDay + minute });
    expect(isOver(kept(someDay), readings)).toBe(true);
    expect(isOver(kept(someDay + 1), readings)).toBe(false);
    expect(isOver({ what: "", keptUntil: "soon" }, readings)).toBe(false);
    // One clock alone is believed by nobody.
    expect(isOver(kept(someDay), clocks(someDay, null))).toBe(false);
  });

  it("was over when a server removed what it kept by that server's clock, give or take a minute", () => {
    const readings = clocks(someDay - 10 * minute, someDay);
    expect(wasOver(kept(someDay + minute), readings)).toBe(true);
    expect(wasOver(kept(someDay + minute + 1), readings)).toBe(false);
    expect(wasOver(kept(someDay + minute), clocks(someDay - 10 * minute, null, { Keystone: someDay }))).toBe(
      true,
    );
    expect(wasOver(kept(someDay), clocks(someDay, someDay - 10 * minute))).toBe(false);
  });

  it("was certainly not over where no clock says so, and nobody knows where clocks disagree on it", () => {
    expect(wasOver(kept(someDay + 30 * year), clocks(someDay + 20 * year, someDay))).toBe(false);
    expect(wasOver(kept(someDay + year), clocks(someDay + 20 * year, someDay))).toBeUndefined();
    expect(wasOver(kept(someDay - year), clocks(someDay + 20 * year, someDay))).toBeUndefined();
    expect(wasOver({ what: "" }, clocks(someDay, null))).toBe(false);
  });
});
