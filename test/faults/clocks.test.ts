import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { UserError } from "../../provider/core/errors";
import { retentionModes } from "../../provider/core/retention";
import { failure } from "../support/virtualClock";
import { type ClockWorld, clockWorlds, type WrongClocks } from "./support/clockWorlds";

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const year = 365 * day;

/** Ways in which clocks are wrong; no clock is right where two are wrong, but for Keystone's. */
const wrongClocks: [string, WrongClocks][] = [
  ["the local clock is 20 years ahead", { local: 20 * year }],
  ["the local clock is 20 years ahead and no answer has a Date", { local: 20 * year, service: () => null }],
  ["the first answer is 20 years ahead", { service: (answer) => (answer === 0 ? 20 * year : 0) }],
  ["every other answer is 20 years ahead", { service: (answer) => (answer % 2) * 20 * year }],
  ["all answers but the first are 20 years ahead", { service: (answer) => (answer === 0 ? 0 : 20 * year) }],
  ["all answers are 20 years ahead", { service: () => 20 * year }],
  ["both are ahead, by different amounts", { local: 20 * year, service: () => 21 * year }],
  [
    "both are ahead, by amounts that differ by an hour",
    { local: 20 * year, service: () => 20 * year + hour },
  ],
  ["the local clock is ahead and the answers are behind", { local: 20 * year, service: () => -20 * year }],
  ["the local clock is behind and the answers are ahead", { local: -20 * year, service: () => 20 * year }],
];

describe.each(clockWorlds)("%s", (_name, open) => {
  let world: ClockWorld;
  beforeEach(async () => {
    world = await open();
  });
  afterEach(() => world.close());

  describe.each(retentionModes)("in the mode %s", (retentionMode) => {
    const kept = () => ({ keptUntil: world.inDays(300), retentionMode });

    it.each(wrongClocks)("no kept snapshot is deleted where %s", async (_case, clocks) => {
      const taken = await world.take(kept());
      await failure(world.delete(taken, clocks), UserError);
      await failure(world.permitReplacement(taken, clocks), UserError);
      expect(world.deletions()).toBe(0);
    });

    it.each(wrongClocks)("no volume takes a kept snapshot with it where %s", async (_case, clocks) => {
      await world.take(kept());
      await failure(world.deleteVolume(clocks), UserError);
      expect(world.deletions()).toBe(0);
    });

    it("a retention that is over by right clocks ends, though some answers tell a wrong time", async () => {
      for (const wrong of [0, 1, 2, 3]) {
        const taken = await world.take({ ...kept(), name: `n${wrong}` });
        await world.pass(301 * day);
        await world.delete(taken, { service: (answer) => (answer === wrong ? -20 * year : 0) });
        expect(world.deletions()).toBe(wrong + 1);
      }
    });

    it("a retention that is over is not believed to be where clocks disagree, and the error has their times", async () => {
      const taken = await world.take(kept());
      await world.pass(301 * day);
      const error = await failure(world.delete(taken, { local: hour }), UserError);
      expect(error.message).toMatch(
        /was kept until \S+, but whether that is over is not certain, so it is not deleted.*the clocks disagree: this machine says \S+, (Waldur|block storage) says \S+/,
      );
      await world.delete(taken, { local: 14 * minute });
      expect(world.deletions()).toBe(1);
    });

    it("a snapshot that is kept is not shortened, nor its mode taken back, by a wrong clock", async () => {
      if (retentionMode === "none") return;
      const taken = await world.take(kept());
      for (const [, clocks] of wrongClocks) {
        await failure(world.update(taken, { keptUntil: world.inDays(100) }, clocks), UserError);
        await failure(world.update(taken, { retentionMode: "none" }, clocks), UserError);
      }
    });
  });

  it("a service that tells no time is not replaced by the local clock, and the error says so", async () => {
    for (const retentionMode of ["governance", "compliance"]) {
      const taken = await world.take({ name: retentionMode, keptUntil: world.inDays(1), retentionMode });
      await world.pass(2 * day);
      const error = await failure(world.delete(taken, { service: () => null }), UserError);
      expect(error.message).toMatch(/the service tells no time.*its answers have no Date header/);
    }
    expect(world.deletions()).toBe(0);
  });

  it("a wrong answer that is ignored is told of", async () => {
    const taken = await world.take({ keptUntil: world.inDays(1) });
    await world.pass(2 * day);
    await world.delete(taken, { service: (answer) => (answer === 0 ? -20 * year : 0) });
    expect(world.warnings.filter((line) => line.includes("it is ignored"))).toHaveLength(1);
  });

  describe("a snapshot that is gone", () => {
    it("is neither expired nor lost where clocks disagree on it: nothing leaves the state", async () => {
      const taken = await world.take({ keptUntil: world.inDays(300) });
      world.drop(taken.id);
      for (const clocks of [
        { local: 20 * year },
        { service: () => 20 * year },
        { local: 20 * year, service: () => null },
      ]) {
        const error = await failure(world.read(taken, clocks), UserError);
        expect(error.message).toContain("whether that was over is not certain");
        await expect(world.update(taken, { name: "m" }, clocks)).rejects.toThrow("is not certain");
      }
    });

    it("is lost where every clock says so, however wrong they are", async () => {
      const taken = await world.take({ keptUntil: world.inDays(300) });
      world.drop(taken.id);
      expect(await world.read(taken, { local: -20 * year })).toBeUndefined();
      expect(world.warnings).toEqual([expect.stringMatching(/^LOST/)]);
    });

    it("has expired by right clocks, and leaves the state by a deletion whatever they say", async () => {
      const taken = await world.take({ keptUntil: world.inDays(1) });
      await world.pass(2 * day);
      world.drop(taken.id);
      expect((await world.read(taken, { local: minute }))?.outputs).toMatchObject({ expired: true });
      await world.delete(taken, { local: 20 * year });
      expect(world.warnings).toEqual([expect.stringContaining("It leaves this stack now.")]);
    });
  });

  describe("a new snapshot", () => {
    it("of a duration is not taken by a clock that is wrong, and the error has what all say", async () => {
      for (const [, clocks] of wrongClocks.filter(([name]) => !/every other|the first/.test(name))) {
        const error = await failure(world.take({ retainFor: "P30D" }, clocks), UserError);
        expect(error.property).toBe("retainFor");
      }
    });

    it("of a duration begins at the time of most answers", async () => {
      for (const wrong of [0, 1, 2]) {
        const service = (answer: number) => (answer === wrong ? 20 * year : 0);
        const { state } = await world.take({ name: `n${wrong}`, retainFor: "P30D" }, { service });
        expect(Math.abs(Date.parse(String(state.keptUntil)) - world.now() - 30 * day)).toBeLessThan(minute);
      }
    });

    it("is refused a date that is past by the service's clock, and taken where only the local one says so", async () => {
      await failure(world.take({ keptUntil: world.inDays(-1) }, { local: -3 * day }), UserError);
      const keptUntil = world.inDays(300);
      const { state } = await world.take({ keptUntil }, { local: 20 * year });
      expect(state.keptUntil).toBe(keptUntil);
    });
  });
});
