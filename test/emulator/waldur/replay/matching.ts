import type { Json } from "../../../../emulator/index";

/** One difference between what was recorded and what the emulator answered. */
export interface Difference {
  /** JSON path, or `status`, or `header NAME`. */
  path: string;
  recorded: unknown;
  emulated: unknown;
}

/**
 * What is compared by meaning rather than letter by letter, everywhere, and why. Nothing else is passed over but the
 * entries of `exceptions`.
 */
export const normalised = [
  {
    what: "ids",
    reason: "drawn again in each run; a recorded id must always be the same emulated one, and vice versa",
  },
  {
    what: "created, modified, consumer_reviewed_at",
    reason: "when it was recorded; both must be ISO 8601 times",
  },
  {
    what: "(PK: 12) in error texts",
    reason: "row numbers of a database that other things were written to as well",
  },
  { what: "<owner> for a token", reason: "the recorder replaced tokens by their owner's name" },
  { what: "header Date", reason: "when it was recorded; the recorder did not keep it" },
  { what: "header Content-Length", reason: "follows from the body, whose ids and times have other lengths" },
  {
    what: "moments of state changes",
    reason:
      "the recorder polled every 0.2 s and the server's workers were up to half a second late: 0.7 s either way",
  },
];

/** Ids, plain and dashed. */
const idPattern = /[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}|[0-9a-f]{32}/g;

/** Fields that hold the time of recording. */
const timeFields = new Set(["created", "modified", "consumer_reviewed_at"]);
const timePattern = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{6})?Z$/;

/** Row numbers of the database inside error texts. */
const rowNumber = /\(PK: \d+\)/g;

/** Which emulated id stands for which recorded one. */
export class Bindings {
  readonly #emulated = new Map<string, string>();
  readonly #recorded = new Map<string, string>();

  /** The emulated id for a recorded one; itself when it was never seen (an id that never existed). */
  translate(text: string): string {
    return text.replace(idPattern, (id) => this.#emulated.get(id) ?? id);
  }

  /** Compares two answers; binds the ids in them only when there is no difference. */
  compare(recorded: Json, emulated: Json, tokens: Map<string, string>): Difference[] {
    const attempt = new Comparison(this.#emulated, this.#recorded, tokens);
    attempt.value(recorded, emulated, "", "");
    if (attempt.differences.length === 0) {
      for (const [from, to] of attempt.bound) {
        this.#emulated.set(from, to);
        this.#recorded.set(to, from);
      }
    }
    return attempt.differences;
  }
}

class Comparison {
  readonly differences: Difference[] = [];
  readonly bound = new Map<string, string>();
  readonly #boundBack = new Map<string, string>();

  constructor(
    private readonly known: Map<string, string>,
    private readonly knownBack: Map<string, string>,
    private readonly tokens: Map<string, string>,
  ) {}

  value(recorded: Json, emulated: Json, path: string, field: string): void {
    if (Array.isArray(recorded) && Array.isArray(emulated)) this.#arrays(recorded, emulated, path);
    else if (isObject(recorded) && isObject(emulated)) this.#objects(recorded, emulated, path);
    else if (typeof recorded === "string" && typeof emulated === "string") {
      if (!this.#texts(recorded, emulated, field)) this.differences.push({ path, recorded, emulated });
    } else if (recorded !== emulated) this.differences.push({ path, recorded, emulated });
  }

  #arrays(recorded: Json[], emulated: Json[], path: string): void {
    if (recorded.length !== emulated.length) {
      this.differences.push({ path: `${path}.length`, recorded: recorded.length, emulated: emulated.length });
    }
    const count = Math.min(recorded.length, emulated.length);
    for (let i = 0; i < count; i += 1)
      this.value(recorded[i] ?? null, emulated[i] ?? null, `${path}[${i}]`, "");
  }

  #objects(recorded: { [key: string]: Json }, emulated: { [key: string]: Json }, path: string): void {
    for (const key of new Set([...Object.keys(recorded), ...Object.keys(emulated)])) {
      const here = `${path}.${key}`;
      const left = recorded[key];
      const right = emulated[key];
      if (left === undefined) this.differences.push({ path: here, recorded: "(absent)", emulated: right });
      else if (right === undefined)
        this.differences.push({ path: here, recorded: left, emulated: "(absent)" });
      else this.value(left, right, here, key);
    }
  }

  #texts(recorded: string, emulated: string, field: string): boolean {
    if (timeFields.has(field)) return timePattern.test(recorded) && timePattern.test(emulated);
    const token = /^<(\w+)>$/.exec(recorded)?.[1];
    if (token !== undefined) return this.tokens.get(token) === emulated;
    const left = recorded.replace(rowNumber, "(PK)");
    const right = emulated.replace(rowNumber, "(PK)");
    if (left.replace(idPattern, "#") !== right.replace(idPattern, "#")) return false;
    const ids = left.match(idPattern) ?? [];
    const others = right.match(idPattern) ?? [];
    return ids.every((id, index) => this.#bind(id, others[index] ?? ""));
  }

  #bind(recorded: string, emulated: string): boolean {
    const to = this.known.get(recorded) ?? this.bound.get(recorded);
    const from = this.knownBack.get(emulated) ?? this.#boundBack.get(emulated);
    if (to !== undefined || from !== undefined) return to === emulated && from === recorded;
    this.bound.set(recorded, emulated);
    this.#boundBack.set(emulated, recorded);
    return true;
  }
}

function isObject(value: Json): value is { [key: string]: Json } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Headers that must be the same, and absent where they were absent. */
export const comparedHeaders = [
  "content-type",
  "x-result-count",
  "link",
  "location",
  "allow",
  "vary",
  "content-language",
  "www-authenticate",
] as const;
