import type { Dice } from "../dice";
import type { Answer } from "../wire/messages";
import type { FaultWorld } from "../worlds/world";
import { drawCarried, drawScope, type FaultKind, type Scope } from "./kind";
import { page } from "./lost";

type Words = (world: FaultWorld, status: number) => Answer;

const own: Words = (world, status) => ({
  headers: { "content-type": "application/json" },
  ...world.refusal(status),
});
const html: Words = (_world, status) => page(status);
const gateway: Words = (_world, status) => ({
  status,
  headers: { "content-type": "application/json" },
  body: JSON.stringify({ message: "no Route matched with those values" }),
});
const words: Record<string, Words> = { "the service": own, "a page": html, "a gateway": gateway };

/** What a service or what is before it answers instead of carrying a request out. */
function refusal(name: string, statuses: readonly number[], more: Partial<Options> = {}): FaultKind {
  const { speakers = Object.keys(words), scope, times = 3, late = false } = more;
  return {
    name,
    draw(dice) {
      const status = dice.pick(statuses);
      const speaker = dice.pick(speakers);
      const headers = more.headers?.(dice) ?? {};
      const carried = late ? drawCarried(dice) : undefined;
      const said = Object.entries(headers).map(([header, value]) => `, ${header}: ${value}`);
      return {
        label: `${status} of ${speaker}${said.join("")}${carried ? `, ${carried.label}` : ""}`,
        scope: scope ?? drawScope(dice),
        times: 1 + dice.few(times),
        async carry(wire) {
          await carried?.run(wire);
          const answer = (words[speaker] ?? own)(wire.world, status);
          return { answer: { ...answer, headers: { ...answer.headers, ...headers } } };
        },
      };
    },
  };
}

interface Options {
  speakers: string[];
  scope: Scope;
  /** At most so many after the first. */
  times: number;
  /** Whether the request may have been carried out all the same. */
  late: boolean;
  headers(dice: Dice): Record<string, string>;
}

const afterTheYear2090 = "Wed, 01 Jan 2098 00:00:00 GMT";
const pauses = ["0", "1", "7", "600", "86400", "1e9", "-5", "soon", "", "Thu, 01 Jan 1970 00:00:00 GMT"];

/** Refusals that are meant for nobody. */
export const refusals: FaultKind[] = [
  refusal("401", [401], { speakers: ["the service", "a page"] }),
  refusal("403", [403]),
  refusal("404 of a gateway", [404], { speakers: ["a gateway"], times: 6 }),
  refusal("404 of a page", [404], { speakers: ["a page"], times: 6 }),
  refusal("408", [408], { late: true }),
  refusal("409", [409], { speakers: ["the service"], scope: "write" }),
  refusal("429", [429], {
    times: 5,
    headers: (dice): Record<string, string> =>
      dice.chance(0.2) ? {} : { "retry-after": dice.pick([...pauses, afterTheYear2090]) },
  }),
  refusal("5xx", [500, 501, 502, 503, 504, 507, 520], {
    speakers: ["a page", "the service"],
    late: true,
    times: 6,
    headers: (dice): Record<string, string> => (dice.chance(0.2) ? { "retry-after": dice.pick(pauses) } : {}),
  }),
];
