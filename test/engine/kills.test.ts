import { describe, expect, it } from "vitest";
import { KillScene } from "./support/killScene";
import { killed, killOf } from "./support/kills";
import { processesAreKnown } from "./support/runProcesses";
import { front } from "./support/stack";

/** The kills of `npm test`: three for each front. `npm run faults:kills` has all. */
const usual = [0, 2, 26, 5, 7, 27];
const { KILLS: runs, KILLS_FROM: from = 0 } = process.env;
const all = runs ? Array.from({ length: Number(runs) }, (_, index) => Number(from) + index) : usual;
const seeds = all.filter((seed) => (seed % 2 === 0) === (front === "plugin"));
const kills = seeds.map((seed) => {
  const { command, target, signal, requests, pauseMs } = killOf(seed);
  return { seed, what: `${signal} to ${target} in ${command}, ${pauseMs} ms after request ${requests}` };
});

describe.runIf(processesAreKnown)(
  "after a kill one up is well, with no second object and none forgotten",
  () => {
    it.each(kills)("seed $seed: $what", ({ seed }) =>
      KillScene.with(async (scene) => {
        const outcome = await killed(scene, killOf(seed));
        expect(outcome).toEqual({ forgotten: [], missing: [], trouble: "" });
        const writes = scene.writes().length;
        const { changes } = await scene.stack.up();
        expect(changes).toEqual({ same: scene.declare() });
        expect(scene.writes().slice(writes)).toEqual([]);
      }),
    );
  },
);
