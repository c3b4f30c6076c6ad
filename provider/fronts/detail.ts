import type { Change, Properties } from "../core/resource/lifecycle";
import { formatPath, type Path } from "../core/resource/paths";
import { hasUnknown, isRecord, ownValue, sameJson } from "../core/values";

/** One place in which a resource differs from its declaration. */
export interface Detail {
  /** As Pulumi writes it, e.g. `metadata.team`. */
  path: string;
  kind: "add" | "delete" | "update";
  replaces: boolean;
}

/**
 * Where exactly a resource differs. A change of an object or a list is told by what differs inside, since
 * `replaceOnChanges: ["metadata.team"]` means that key alone.
 *
 * @param olds the state
 * @param news the arguments
 */
export function detailsOf(changes: readonly Change[], olds: Properties, news: Properties): Detail[] {
  return changes.flatMap(({ property, kind, keys }) => {
    const [old, now] = [olds[property], news[property]];
    const inside =
      keys && isRecord(old) && isRecord(now)
        ? keys.flatMap((key) => placesIn([property, key], ownValue(old, key), ownValue(now, key)))
        : placesIn([property], old, now);
    // What means something else although it reads the same, as a whole.
    const places = inside.length > 0 ? inside : [placeOf([property], old, now)];
    return places.map((place) => ({ ...place, replaces: kind === "replace" }));
  });
}

type Place = Pick<Detail, "path" | "kind">;

function placesIn(path: Path, old: unknown, now: unknown): Place[] {
  if (isRecord(old) && isRecord(now)) {
    const keys = [...new Set([...Object.keys(old), ...Object.keys(now)])];
    return keys.flatMap((key) => placesIn([...path, key], ownValue(old, key), ownValue(now, key)));
  }
  if (Array.isArray(old) && Array.isArray(now) && old.length === now.length) {
    return old.flatMap((item, index) => placesIn([...path, index], item, now[index]));
  }
  return !hasUnknown(now) && sameJson(old ?? null, now ?? null) ? [] : [placeOf(path, old, now)];
}

function placeOf(path: Path, old: unknown, now: unknown): Place {
  const kind = old === undefined ? "add" : now === undefined ? "delete" : "update";
  return { path: formatPath(path), kind };
}
