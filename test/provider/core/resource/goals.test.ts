import { describe, expect, it } from "vitest";
import {
  isSettled,
  type Meaning,
  type Seen,
  untilGone,
  untilReady,
  untilSettled,
} from "../../../../provider/core/resource/goals";

const seen = (meaning: Meaning): Seen => ({ state: "STATE", meaning, reason: "why", detail: "42 %" });

describe("a wait for something that can be used", () => {
  it.each<[Meaning, object]>([
    ["ready", { is: "done", state: "STATE" }],
    ["working", { is: "pending", state: "STATE", detail: "42 %" }],
    ["failed", { is: "failed", state: "STATE", reason: "why" }],
    ["gone", { is: "failed", state: "gone" }],
  ])("ends by what it is doing: %s", (meaning, verdict) => {
    expect(untilReady()(seen(meaning))).toMatchObject(verdict);
  });

  it("fails where it is not found", () => {
    expect(untilReady()(undefined)).toMatchObject({
      is: "failed",
      state: "gone",
      reason: expect.any(String),
    });
  });
});

describe("a wait until nothing is going on", () => {
  it.each<[Meaning, object]>([
    ["ready", { is: "done", state: "STATE" }],
    ["working", { is: "pending", state: "STATE", detail: "42 %" }],
    ["failed", { is: "done", state: "STATE" }],
    ["gone", { is: "done", state: "gone" }],
  ])("ends by what it is doing: %s", (meaning, verdict) => {
    expect(untilSettled()(seen(meaning))).toMatchObject(verdict);
  });

  it("is over where it is not found", () => {
    expect(untilSettled()(undefined)).toEqual({ is: "done", state: "gone" });
  });

  it.each<[Meaning, boolean]>([
    ["ready", true],
    ["working", false],
    ["failed", true],
    ["gone", false],
  ])("is not needed for what rests: %s", (meaning, rests) => expect(isSettled({ meaning })).toBe(rests));
});

describe("a wait for the end of a deletion", () => {
  const goal = untilGone(({ state }) => ({ REFUSED: "it has snapshots", ERRED: true as const })[state]);

  it("succeeds only where it no longer exists", () => {
    expect(goal(undefined)).toEqual({ is: "done", state: "gone" });
    expect(goal(seen("gone"))).toEqual({ is: "done", state: "gone" });
    expect(goal(seen("ready"))).toEqual({ is: "pending", state: "STATE" });
  });

  it("fails with the reason that is found, or else with the server's", () => {
    expect(goal({ ...seen("ready"), state: "REFUSED" })).toEqual({
      is: "failed",
      state: "REFUSED",
      reason: "it has snapshots",
    });
    expect(goal({ ...seen("failed"), state: "ERRED" })).toEqual({
      is: "failed",
      state: "ERRED",
      reason: "why",
    });
  });
});
