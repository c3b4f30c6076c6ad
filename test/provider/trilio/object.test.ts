import { describe, expect, it } from "vitest";
import { untilSettled } from "../../../provider/core/resource/goals";
import { trilioObjects, untilRestorable, untilRestored } from "../../../provider/trilio/object";
import { reasonOf, seenOf } from "../../../provider/trilio/states";

const brief = (status: string, more: object = {}) => ({ status, ...more });

describe("a status", () => {
  it.each([
    ["available", "ready"],
    ["error", "failed"],
    ["failed", "failed"],
    ["cancelled", "failed"],
    ["deleted", "gone"],
    ["restoring", "working"],
    ["mounted", "working"],
    ["constructor", "working"],
  ])("%s means %s, whatever the percentage says", (status, meaning) => {
    expect(seenOf(brief(status, { progress_percent: 100 }))).toMatchObject({ state: status, meaning });
  });

  it("comes with how far it is", () => {
    expect(seenOf(brief("restoring", { progress_percent: 0, progress_msg: "Creating" })).detail).toBe(
      "0 %, Creating",
    );
    expect(seenOf(brief("restoring", { progress_msg: "Creating" })).detail).toBe("Creating");
    expect(seenOf(brief("restoring")).detail).toBeUndefined();
  });
});

describe("the reason of a failure", () => {
  it("is in the server's words, with what leads to its log", () => {
    expect(reasonOf(brief("error", { error_msg: "no host", warning_msg: "slow", requestId: "req-2" }))).toBe(
      "no host; warning: slow (request id req-2)",
    );
    expect(reasonOf(brief("error"))).toBe("the server gives no reason");
  });

  it("names the request that began the restore too", () => {
    const failed = brief("error", { error_msg: "no host", requestId: "req-2" });
    expect(untilRestored("req-1")(seenOf(failed), failed)).toEqual({
      is: "failed",
      state: "error",
      reason: "no host (begun by request id req-1, seen with request id req-2)",
    });
  });

  it("is asked for once, as it comes with the status", async () => {
    const { adapter } = trilioObjects;
    const failure = {
      on: { kind: "snapshot", id: "s" },
      seen: brief("error"),
      verdict: { is: "failed" as const, state: "error" },
      since: undefined,
      final: false,
    };
    const ctx = {} as Parameters<typeof adapter.reasonFor>[0];
    expect(await adapter.reasonFor(ctx, failure)).toBe("the server gives no reason");
  });
});

describe("what is waited for", () => {
  const judge = (goal: ReturnType<typeof untilRestorable>, status: string) => goal(seenOf(brief(status))).is;

  it("a snapshot that is mounted stays so until somebody dismounts it", () => {
    expect(untilRestorable()(seenOf(brief("mounted")))).toEqual({
      is: "failed",
      state: "mounted",
      reason: "dismount it first",
    });
    expect(
      ["available", "uploading", "error", "deleted"].map((each) => judge(untilRestorable(), each)),
    ).toEqual(["done", "pending", "failed", "failed"]);
  });

  it("the end of whatever is going on can be good or bad", () => {
    const statuses = ["available", "cancelled", "deleted", "restoring"];
    expect(statuses.map((each) => judge(untilSettled(), each))).toEqual(["done", "done", "done", "pending"]);
  });

  it("only not found is the end of a deletion, or a status that says so", () => {
    const goal = trilioObjects.adapter.untilGone("restore");
    expect(["available", "error", "deleted"].map((each) => judge(goal, each))).toEqual([
      "pending",
      "pending",
      "done",
    ]);
    expect(goal(undefined).is).toBe("done");
  });
});
