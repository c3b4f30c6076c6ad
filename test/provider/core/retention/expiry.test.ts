import { describe, expect, it } from "vitest";
import { lost, unclear, whyGone } from "../../../../provider/core/retention/expiry";
import { clocks } from "../../../support/readings";
import { someDay } from "../../../support/virtualClock";

const keptUntil = "2026-11-24T08:00:00Z";
const year = 365 * 86_400_000;
const ahead = clocks(someDay, someDay + year);
const what = "snapshot 7";

describe("what is gone while the clocks disagree on its end", () => {
  it("is unclear, unless its deletion was forced or its end is known to have been told", async () => {
    const why = (prior: Parameters<typeof whyGone>[0]) => whyGone(prior, async () => ahead);
    expect(await why({ keptUntil })).toBe("unclear");
    expect(await why({ heldUntil: keptUntil })).toBe("unclear");
    expect(await why({ keptUntil, forceDelete: true })).toBe("deleted");
    expect(await why({ keptUntil, expired: true })).toBe("expired");
    expect(await why({ keptUntil: "2046-01-01" })).toBe("lost");
  });

  it("is told with what the clocks say", () => {
    expect(unclear(what, { keptUntil }, ahead, "Then.")).toBe(
      `snapshot 7 is gone. It was to be kept until ${keptUntil}, and whether that was over is not certain, for the ` +
        "clocks disagree: this machine says 2026-11-21T08:00:00Z, the service says 2027-11-21T08:00:00Z. Set the one " +
        "right that is wrong. Then.",
    );
    expect(unclear(what, {}, clocks(someDay), "Then.")).toBe(
      "snapshot 7 is gone. It was to be kept for good, and whether that was over is not certain, for the clocks tell " +
        "no more. Then.",
    );
  });
});

it("what nobody asked to have deleted asks no clock where nobody said how long it is kept", async () => {
  const read = async () => Promise.reject(new Error("nobody is to ask"));
  expect(await whyGone({ forceDelete: true }, read)).toBe("deleted");
});

it("what is lost and only the state knew the end of is told with that", () => {
  expect(lost(what, { heldUntil: keptUntil }, "Then.")).toContain(`it was to be kept until ${keptUntil}.`);
  expect(lost(what, { retentionMode: "governance" }, "Then.")).toContain("it was to be kept for good.");
});
