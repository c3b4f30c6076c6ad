import type { Creation } from "./creation";
import type { Context } from "./lifecycle";

/** An object with the mark of a resource, which may have been left by a run that was killed. */
export interface Leftover<T> {
  object: T;
  /** Its id as a state holds it; absent: it has none yet, so that no state can. */
  id?: string | undefined;
  /** From its mark; absent: the server has lost it, and the generated name tells whose it is. */
  stack?: string | undefined;
  nonce?: string | undefined;
  /** The object in the user's words. */
  what: string;
  /** How long ago it was made, by the server's clock. */
  ageMs: number;
  /** The server itself shows that the run which began it had left before it was there. */
  abandoned?: boolean;
  /** The server has lost its mark, and its name is one that anybody may give: nothing tells whose it is. */
  unmarked?: boolean;
  /** The arguments that only a new object can have otherwise, and in which it is not as declared. */
  differsIn?: readonly string[];
}

/** For whom it is looked, and what is somebody's. */
interface Search<T> {
  creation: Creation;
  claimed: ReadonlySet<string>;
  idOf(object: T): string;
  /** The backend's name on the command line; absent where it needs none. */
  backend?: string;
}

/** So long after its creation an object is taken up although nothing tells whether a run has recorded it. */
const youngMs = 24 * 3600 * 1000;

type Verdict = "take" | "guess" | "leave" | "skip";

/** What earlier runs have left. */
interface Abandoned<T> {
  /** What is adopted instead of making another. */
  taken: Leftover<T> | undefined;
  /** What is to go, since it was made beside that, or is not as declared by now and cannot become so. */
  extras: readonly Leftover<T>[];
}

/**
 * Finds among these what an earlier run began for the same resource and did not record; a killed one leaves it so. What
 * was recorded once, and taken out of the state by hand, is left alone.
 *
 * @param idOf the id that notes have of it
 * @param claimed ids of what this process has created
 */
export async function findAbandoned<T>(
  ctx: Pick<Context<unknown>, "warn">,
  { creation, claimed, idOf, backend }: Search<T>,
  found: readonly Leftover<T>[],
): Promise<Abandoned<T>> {
  let taken: Leftover<T> | undefined;
  const extras: Leftover<T>[] = [];
  for (const each of [...found].sort((one, other) => one.ageMs - other.ageMs)) {
    if (each.unmarked) {
      if (await isNobodys(creation, claimed, each))
        ctx.warn(
          `${each.what} is not in the state, and it may be what an interrupted run has made of this resource: it has ` +
            "the same name, or was made at that time, and the server has lost what tells whose it is. It is left alone. " +
            "Delete it, or import it.",
        );
      continue;
    }
    const verdict = await judge(creation, claimed, each, idOf(each.object));
    const differs = each.differsIn ?? [];
    const fits = taken === undefined && differs.length === 0;
    if (fits && (verdict === "take" || verdict === "guess")) {
      if (verdict === "guess")
        ctx.warn(`${each.what} was created for this resource by an earlier run; it is adopted.`);
      taken = each;
    } else if (verdict === "take") {
      extras.push(each);
    } else if (verdict !== "skip") {
      const why = differs.length > 0 ? `, and its ${differs.join(", ")} is not as declared` : "";
      ctx.warn(
        `${each.what} was created for this resource by an earlier run and is not in the state${why}. It is left ` +
          `alone: "openstack-snapshots orphans${backend ? ` --backend ${backend}` : ""}" lists it with the commands ` +
          "that adopt or remove it.",
      );
    }
  }
  return { taken, extras };
}

/** Those of these that an earlier run certainly began for the same resource and did not record. */
export async function begunFor<T>(
  { creation, claimed, idOf }: Search<T>,
  found: readonly Leftover<T>[],
): Promise<T[]> {
  const begun: T[] = [];
  for (const each of found) {
    if (each.unmarked) continue;
    if ((await judge(creation, claimed, each, idOf(each.object))) === "take") begun.push(each.object);
  }
  return begun;
}

/** Whether an object is new and of nobody that can be told. */
async function isNobodys<T>(
  { holds, state }: Creation,
  claimed: ReadonlySet<string>,
  { id, ageMs }: Leftover<T>,
): Promise<boolean> {
  if (ageMs >= youngMs || id === undefined || claimed.has(id) || holds(id)) return false;
  return !(await state())?.ids.has(id);
}

async function judge<T>(
  { mark, notes, holds, state }: Creation,
  claimed: ReadonlySet<string>,
  { id, stack, nonce, ageMs, abandoned }: Leftover<T>,
  noted: string,
): Promise<Verdict> {
  if (id !== undefined && (claimed.has(id) || holds(id))) return "skip";
  const own = stack === undefined || stack === mark.stack;
  const known = (await notes.of(mark.resource)).filter((note) => note.stack === mark.stack);
  const note = known.find((each) => (nonce !== undefined && each.nonce === nonce) || each.id === noted);
  // A request that was repeated has made it beside what was recorded.
  const beside = note?.id !== undefined && note.id !== noted;
  // Where the mark is lost, an attempt of whose end nothing is known has made what bears its name.
  const lost = nonce === undefined && known.some((each) => each.ended === undefined && each.id === undefined);
  if (own && (note ? note.ended === undefined || beside : lost)) return "take";
  if (own && (id === undefined || abandoned)) return "take";
  const written = await state();
  if (id !== undefined && written?.ids.has(id)) return "skip";
  const pending = nonce === undefined ? own && written?.begunBefore : written?.pending.has(nonce);
  if (pending && !note?.takenUp) return "take";
  if (!own) return "skip";
  return written !== undefined && note === undefined && ageMs < youngMs ? "guess" : "leave";
}
