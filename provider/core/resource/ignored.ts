import { fingerprint, isRecord } from "../values";
import type { Properties } from "./lifecycle";
import { type Path, parsePath } from "./paths";

/** The key under which arguments carry the ignored paths. It is a symbol because a text could be an argument. */
const ignoredKey = Symbol("ignored");

interface Ignored {
  paths: readonly Path[];
  /** The arguments as they were declared. */
  declared: Properties;
}

function ignoredOf(declared: Properties): Ignored | undefined {
  return (declared as { [ignoredKey]?: Ignored })[ignoredKey];
}

/**
 * Marks arguments that make no difference, by Pulumi's option `ignoreChanges`. The engine puts those of the last run in
 * their place; that they are left alone on the server, whatever it shows by now, is for {@link asObserved}.
 *
 * @param paths as the option has them
 */
export function ignoring<T extends Properties>(declared: T, paths: readonly string[]): T {
  const parsed = paths.flatMap((text) => [parsePath(text) ?? []]).filter(({ length }) => length > 0);
  if (parsed.length === 0) return declared;
  const ignored: Ignored = { paths: parsed, declared };
  return { ...declared, [ignoredKey]: ignored };
}

/** Whether an argument as a whole makes no difference. */
export function isIgnored(declared: Properties, property: string): boolean {
  const { paths = [] } = ignoredOf(declared) ?? {};
  return paths.some(([first, ...inner]) => inner.length === 0 && (first === property || first === "*"));
}

/** The arguments with what makes no difference as it is. @param observed the state, or an object just read */
export function asObserved<T extends Properties>(declared: T, observed: Properties): T {
  const ignored = ignoredOf(declared);
  if (ignored === undefined) return declared;
  const graftAll = (wanted: unknown, path: Path) => graft(wanted, observed, path, true);
  const grafted = ignored.paths.reduce<unknown>(graftAll, declared);
  return { ...(grafted as T), [ignoredKey]: ignored };
}

/** A print of an argument as it was declared; `undefined` where it was not. */
export function printOf(declared: Properties, property: string): string | undefined {
  const value = (ignoredOf(declared)?.declared ?? declared)[property];
  return value === undefined ? undefined : fingerprint(value);
}

/** A value with what another has at a path. @param keeps whether what the other has not stays */
function graft(value: unknown, other: unknown, [first, ...inner]: Path, keeps = false): unknown {
  if (first === undefined) return other;
  if (Array.isArray(value)) {
    const items = Array.isArray(other) ? other : [];
    return value.map((item, index) => {
      return (first === "*" || first === index) && index in items ? graft(item, items[index], inner) : item;
    });
  }
  if (!isRecord(value)) return value;
  const source = isRecord(other) ? other : {};
  const keys =
    first === "*" ? [...new Set([...Object.keys(value), ...Object.keys(source)])] : [String(first)];
  const copy = new Map(Object.entries(value));
  for (const key of keys) {
    const there = Object.hasOwn(source, key) && source[key] !== undefined && source[key] !== null;
    if (inner.length > 0 && copy.has(key)) copy.set(key, graft(copy.get(key), source[key], inner));
    else if (inner.length === 0 && there) copy.set(key, source[key]);
    else if (inner.length === 0 && !keeps) copy.delete(key);
  }
  return Object.fromEntries(copy);
}
