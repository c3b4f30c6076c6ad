import { drawCarried, drawScope, type FaultKind } from "./kind";

/** Answers that never come, or not to the end. */
export const lost: FaultKind[] = [
  {
    name: "connection dropped before commit",
    draw: (dice) => ({
      label: "reset, not carried out",
      scope: drawScope(dice),
      times: 1 + dice.few(6),
      carry: async () => ({ broken: "ECONNRESET" }),
    }),
  },
  {
    name: "connection dropped after commit",
    weight: 2,
    draw: (dice) => ({
      label: "reset, carried out",
      scope: "write",
      times: 1 + dice.few(2),
      async carry({ commit }) {
        await commit();
        return { broken: "ECONNRESET" };
      },
    }),
  },
  {
    name: "late commit",
    weight: 2,
    draw(dice) {
      const seconds = dice.pick([1, 2, 5, 8, 15, 30, 35, 60]);
      const gateway = dice.chance(0.5);
      return {
        label: `${gateway ? "504" : "reset"}, carried out ${seconds} s later`,
        scope: "write",
        times: 1 + dice.few(2),
        async carry({ commitLater }) {
          commitLater(seconds * 1000);
          return gateway ? { answer: page(504) } : { broken: "ECONNRESET" };
        },
      };
    },
  },
  {
    name: "reset in the body",
    draw(dice) {
      const share = dice.pick([0, 0.1, 0.5, 0.99]);
      return {
        label: `reset after ${share * 100} % of the body`,
        scope: drawScope(dice),
        times: 1 + dice.few(2),
        async carry({ commit }) {
          const answer = await commit();
          return { answer, cut: Math.floor(Buffer.byteLength(answer.body) * share) };
        },
      };
    },
  },
  {
    name: "refused connection",
    draw: (dice) => ({
      label: "connection refused",
      scope: dice.pick(["any", "service", "signIn", "write"] as const),
      times: dice.pick([1, 2, 5, 12]),
      carry: async () => ({ broken: "ECONNREFUSED" }),
    }),
  },
  {
    name: "silence",
    draw(dice) {
      const carried = drawCarried(dice);
      return {
        label: `no answer, ${carried.label}`,
        scope: drawScope(dice),
        times: 1 + dice.few(3),
        async carry(wire) {
          await carried.run(wire);
          return "silence";
        },
      };
    },
  },
];

/** The standard page of a proxy. */
export function page(status: number) {
  return {
    status,
    headers: { "content-type": "text/html" },
    body: `<html>\r\n<head><title>${status}</title></head>\r\n<body>\r\n<center><h1>${status}</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n`,
  };
}
