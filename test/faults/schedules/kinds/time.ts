import { Dice } from "../dice";
import type { Answer } from "../wire/messages";
import { drawScope, type FaultKind } from "./kind";

const second = 1000;
const day = 86_400_000;
const year = 365 * day;

/** By how much a `Date` is wrong. */
const offsets = [2, -2, 90, -90, 3600, -3600]
  .map((seconds) => seconds * second)
  .concat([-40 * day, 40 * day, -20 * year, 20 * year]);

function dated(
  name: string,
  change: (date: string) => string | undefined,
  times: number[],
  label: string,
): FaultKind {
  return {
    name,
    draw: (dice) => ({
      label,
      scope: dice.chance(0.5) ? "any" : drawScope(dice),
      times: dice.pick(times),
      async carry({ commit }) {
        const answer = await commit();
        const { date = "", ...headers } = answer.headers;
        const changed = change(date);
        const spoiled: Answer = {
          ...answer,
          headers: changed === undefined ? headers : { ...headers, date: changed },
        };
        return { answer: spoiled };
      },
    }),
  };
}

/** The server forgets a date, which the state still knows. */
export const lostRetention: FaultKind = {
  name: "lost retention",
  draw(dice) {
    const own = new Dice(dice.whole(0, 1e9));
    return {
      label: "the server forgets until when snapshots are kept",
      scope: "service",
      times: 1,
      async carry({ world, commit, others }) {
        others(() => world.loseRetention(own));
        return { answer: await commit() };
      },
    };
  },
};

/** A clock that is wrong on the wire. */
export const clocks: FaultKind[] = [
  {
    name: "wrong Date",
    draw(dice) {
      const offset = dice.pick(offsets);
      const change = (date: string) => new Date(Date.parse(date) + offset).toUTCString();
      return dated("", change, [1, 1, 3, 1000], `Date off by ${offset / second} s`).draw(dice);
    },
  },
  dated("missing Date", () => undefined, [1, 5, 1000], "no Date"),
  {
    name: "unreadable Date",
    draw: (dice) => {
      const text = dice.pick(["yesterday", "0", "", "2026-13-45"]);
      return dated("", () => text, [1, 5, 1000], `Date: ${text}`).draw(dice);
    },
  },
];
