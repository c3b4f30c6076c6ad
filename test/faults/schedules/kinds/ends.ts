import { drawCarried, drawScope, type FaultKind } from "./kind";

/** Runs that end before they are done. */
export const ends: FaultKind[] = [
  {
    name: "killed",
    weight: 4,
    draw(dice) {
      const carried = drawCarried(dice);
      return {
        label: `killed, the request ${carried.label}`,
        scope: drawScope(dice),
        times: 1,
        async carry(wire) {
          await carried.run(wire);
          wire.kill();
          return "silence";
        },
      };
    },
  },
  {
    name: "interrupted",
    weight: 2,
    draw: (dice) => ({
      label: "Ctrl-C",
      scope: drawScope(dice),
      times: 1,
      async carry({ interrupt, commit }) {
        interrupt();
        return { answer: await commit() };
      },
    }),
  },
  {
    name: "lost answer beside a twin",
    draw(dice) {
      const carried = drawCarried(dice);
      return {
        label: `reset, ${carried.label}, and somebody else makes the same`,
        scope: "write",
        times: 1 + dice.few(1),
        fits: (asked) => asked.method === "POST",
        async carry(wire) {
          await carried.run(wire);
          wire.others(() => wire.world.twin(wire.asked));
          return { broken: "ECONNRESET" };
        },
      };
    },
  },
];
