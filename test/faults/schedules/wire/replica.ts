import type { FaultWorld } from "../worlds/world";
import { type Answer, type Asked, barePath, isRead } from "./messages";

const objectPath = /\/(?!v\d)[a-z-]+\/([0-9a-f]{32}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?=\/|$)/;

/** The id of the object that the path of a request names; `undefined` where it names none. */
export function objectIn(asked: Asked): string | undefined {
  return objectPath.exec(barePath(asked.path))?.[1];
}

/** What a replica of the server that lags behind would answer: made from earlier answers, and from what came since. */
export class Replica {
  readonly #world: FaultWorld;
  readonly #now: () => number;
  readonly #born = new Map<string, number>();
  readonly #answers = new Map<string, { at: number; answer: Answer }[]>();

  constructor(world: FaultWorld, now: () => number) {
    this.#world = world;
    this.#now = now;
    for (const { id } of world.things()) this.#born.set(id, Number.NEGATIVE_INFINITY);
  }

  /** Notes what the server has just answered, and what has come into being. */
  note(asked: Asked, answer: Answer): void {
    if (isRead(asked)) {
      const before = this.#answers.get(asked.path) ?? [];
      this.#answers.set(asked.path, [...before.slice(-5), { at: this.#now(), answer }]);
    }
    for (const { id } of this.#world.things()) if (!this.#born.has(id)) this.#born.set(id, this.#now());
  }

  /**
   * The answer of so many milliseconds ago.
   *
   * @param ask has the server itself answer
   */
  async answer(asked: Asked, behindMs: number, ask: (asked: Asked) => Promise<Answer>): Promise<Answer> {
    const then = this.#now() - behindMs;
    const id = objectIn(asked);
    if (id !== undefined && (this.#born.get(id) ?? Number.NEGATIVE_INFINITY) >= then)
      return unknown(asked, id, ask);
    // What was told before something came that the replica knows by then is older than its answer would be.
    const newest = Math.max(...[...this.#born.values()].filter((at) => at <= then));
    const known = this.#answers.get(asked.path)?.findLast(({ at }) => at <= then && at >= newest);
    if (known !== undefined) return known.answer;
    return this.#without(await ask(asked), then);
  }

  /** A list without the rows that came since. */
  #without(answer: Answer, then: number): Answer {
    const kept = (row: unknown) => {
      const { uuid, id = uuid } = row as { uuid?: string; id?: string };
      return id === undefined || (this.#born.get(id) ?? Number.NEGATIVE_INFINITY) < then;
    };
    const filtered = (value: unknown) => (Array.isArray(value) ? value.filter(kept) : value);
    const json: unknown = answer.body === "" ? undefined : JSON.parse(answer.body);
    if (typeof json !== "object" || json === null) return answer;
    const { "content-length": _length, ...headers } = answer.headers;
    const body = Array.isArray(json)
      ? filtered(json)
      : Object.fromEntries(Object.entries(json).map(([name, value]) => [name, filtered(value)]));
    return { ...answer, headers, body: JSON.stringify(body) };
  }
}

/** What the service says of an object that it does not know, in its own words. */
async function unknown(asked: Asked, id: string, ask: (asked: Asked) => Promise<Answer>): Promise<Answer> {
  const stranger = id.replaceAll(/[0-9a-f]/g, (digit) => (digit === "f" ? "e" : "f"));
  const answer = await ask({ ...asked, path: asked.path.replace(id, stranger) });
  const { "content-length": _length, ...headers } = answer.headers;
  return { ...answer, headers, body: answer.body.replaceAll(stranger, id) };
}
