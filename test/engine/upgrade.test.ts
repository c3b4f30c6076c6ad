import { describe, expect, it } from "vitest";
import { ShiftedClock } from "../../emulator";
import { type Origin, recordedBodies, recording } from "../support/recordedStates/deployment";
import { trilioByHand } from "../support/recordedStates/trilioByHand";
import { expectSame, expectTakenOver, takeUp } from "../support/recordedStates/upgrade";
import { waldurByHand } from "../support/recordedStates/waldurByHand";
import { scenario } from "./support/scenario";
import { front } from "./support/stack";
import { atOnce, trilioScenario } from "./support/trilio";

/** Has a stack take up what a version left in Waldur. */
function inWaldur(origin: Origin, run: typeof expectSame): Promise<void> {
  const clock = new ShiftedClock();
  return scenario({ clock, periodic: false }, async ({ waldur, stack }) => {
    const upgrade = await takeUp(stack, waldurByHand(waldur, clock), recording(origin, "waldur"));
    waldur.resetRequests();
    await run(upgrade);
    expect(waldur.writes).toEqual([]);
  });
}

/** Has a stack take up what a version left in Trilio. */
function inTrilio(origin: Origin, name: string, run: typeof expectSame): Promise<void> {
  const clock = new ShiftedClock();
  return trilioScenario({ clock, guesses: atOnce }, async ({ trilio, stack }) => {
    const byHand = trilioByHand(trilio, clock, recordedBodies(origin, name));
    const upgrade = await takeUp(stack, byHand, recording(origin, name));
    trilio.resetRequests();
    await run(upgrade);
    expect(trilio.writes).toEqual([]);
  });
}

describe.each(["0.1.0"])("a state that version %s left", (version) => {
  it("in Waldur is gone on with: nothing is written, and nothing differs", () =>
    inWaldur({ version, front }, expectSame));

  it("in Trilio is gone on with: nothing is written, and nothing differs", () =>
    inTrilio({ version, front }, "trilio", expectSame));

  it("of a restore that failed is a failure still, with its reason, and nothing is restored a second time", () =>
    inTrilio({ version, front }, "trilio-failed", async ({ stack }) => {
      expect(await stack.upFails()).toContain("Error creating instance; warning: quota is low");
      expect(stack.resources().failed?.initErrors).toHaveLength(1);
    }));

  it.runIf(front === "plugin").each([
    ["Waldur", (origin: Origin) => inWaldur(origin, expectTakenOver)],
    ["Trilio", (origin: Origin) => inTrilio(origin, "trilio", expectTakenOver)],
  ])("in %s through the dynamic front is taken over by the plugin", (_, takenOver) =>
    takenOver({ version, front: "dynamic" }),
  );
});
