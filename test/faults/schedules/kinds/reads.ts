import { Dice } from "../dice";
import { isRead, isSignIn } from "../wire/messages";
import { objectIn } from "../wire/replica";
import type { FaultKind } from "./kind";

/** Reads that do not show what is. */
export const reads: FaultKind[] = [
  {
    name: "stale reads",
    draw(dice) {
      const seconds = dice.pick([1, 5, 15, 30]);
      return {
        label: `a replica ${seconds} s behind`,
        scope: "read",
        fits: (asked) => !isSignIn(asked),
        times: dice.pick([1, 2, 4, 10]),
        carry: async ({ stale }) => ({ answer: await stale(seconds * 1000) }),
      };
    },
  },
  {
    name: "404 of a stale replica",
    draw: (dice) => ({
      label: "404 of an object that is there",
      scope: "read",
      fits: (asked, world) => objectIn(asked) !== undefined && !world.isList(asked),
      times: dice.pick([1, 1, 2, 3, 6]),
      // In the words that the service has for what was never there.
      carry: async ({ stale }) => ({ answer: await stale(Number.POSITIVE_INFINITY) }),
    }),
  },
  {
    name: "shifting pages",
    draw(dice) {
      const own = new Dice(dice.whole(0, 1e9));
      return {
        label: "somebody else's rows come and go",
        scope: "read",
        fits: (asked, world) => world.isList(asked),
        times: dice.pick([1, 3, 8]),
        async carry({ world, commit, others }) {
          const answer = await commit();
          others(() => world.disturb(own));
          return { answer };
        },
      };
    },
  },
  {
    name: "endless pages",
    draw: (dice) => ({
      label: "always one more page",
      scope: "read",
      fits: (asked, world) => world.backend !== "trilio" && world.isList(asked),
      times: dice.pick([3, 40, 1000]),
      async carry({ world, asked, clock }) {
        await clock.sleep(15_000);
        return { answer: await world.endless(asked) };
      },
    }),
  },
  {
    name: "slow body",
    draw(dice) {
      const [bytes, seconds] = [dice.pick([1, 40, 400]), dice.pick([1, 10, 59, 61])];
      return {
        label: `${bytes} bytes each ${seconds} s`,
        scope: dice.pick(["read", "write", "any"] as const),
        times: 1 + dice.few(2),
        carry: async ({ commit }) => ({ answer: await commit(), drip: { bytes, pauseMs: seconds * 1000 } }),
      };
    },
  },
  {
    name: "slow answer",
    draw(dice) {
      const seconds = dice.pick([2, 20, 50]);
      return {
        label: `answered after ${seconds} s`,
        scope: dice.pick(["read", "write", "any"] as const),
        times: 1 + dice.few(4),
        async carry({ commit, clock, asked }) {
          const early = !isRead(asked) ? await commit() : undefined;
          await clock.sleep(seconds * 1000);
          return { answer: early ?? (await commit()) };
        },
      };
    },
  },
];
