import type { Item } from "./kinds";

/** So much of an id tells objects apart. */
const shortId = 8;

/**
 * Names of resources: those of the objects, made valid and unique. Where several come to the same name, the one
 * that was created first has it, and the others get `-2`, `-3` and so on in the order of their creation.
 *
 * What has no name that could be used is called by the beginning of its id, e.g. `snapshot-1f6a9b1c`, whatever else
 * is there.
 *
 * @param word what one of them is
 * @param taken names that others have already
 * @returns the names by id
 */
export function resourceNames(
  items: readonly Item[],
  word: string,
  taken: ReadonlySet<string> = new Set(),
): Map<string, string> {
  const byAge = [...items].sort((one, other) => compare(ageOf(one), ageOf(other)));
  return unique(
    byAge,
    ({ id }) => id,
    ({ id, name }) => validName(name) || `${word}-${id.slice(0, shortId)}`,
    "-",
    taken,
  );
}

/** Identifiers of TypeScript for resources. @returns the identifiers by the resources' names */
export function identifiers(names: readonly string[]): Map<string, string> {
  return unique(names, (name) => name, identifierOf, "_");
}

/** Gives each item what it wants, or what is free with a number behind it. What anybody wants is not given as that. */
function unique<T>(
  items: readonly T[],
  keyOf: (item: T) => string,
  wantedOf: (item: T) => string,
  separator: string,
  others: ReadonlySet<string> = new Set(),
): Map<string, string> {
  const wanted = new Set(items.map(wantedOf));
  const taken = new Set(others);
  const given = new Map<string, string>();
  const last = new Map<string, number>();
  for (const item of items) {
    const base = wantedOf(item);
    let name = base;
    if (taken.has(name)) {
      let number = last.get(base) ?? 1;
      do name = `${base}${separator}${++number}`;
      while (taken.has(name) || wanted.has(name));
      last.set(base, number);
    }
    taken.add(name);
    given.set(keyOf(item), name);
  }
  return given;
}

function ageOf({ created, id }: Item): string {
  return `${created ?? ""} ${id}`;
}

function compare(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}

/** Letters, digits and `-_.`; accents go, anything else becomes a dash. */
function validName(name = ""): string {
  return name
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .replace(/[^A-Za-z0-9_.-]+/g, "-")
    .replace(/^-+|-+$/g, "");
}

/** Words that no variable of a strict module of the program can be called. */
const reserved = new Set(
  (
    "abstract any arguments as async await boolean break case catch cinder class const continue debugger declare default " +
    "delete do else enum eval export exports extends false finally for from function get if implements import in " +
    "Infinity instanceof interface is let module NaN new null number object of package private protected public " +
    "require return set static string super switch symbol this throw true try type typeof undefined unknown var " +
    "void waldur while with yield __dirname __filename __esModule"
  ).split(" "),
);

/** @param name e.g. `data-1` @returns e.g. `data1` */
function identifierOf(name: string): string {
  const words = name.split(/[^A-Za-z0-9_]+/).filter(Boolean);
  const camel = words.map((word, index) => (index === 0 ? lowered(word) : capital(word))).join("");
  if (!/^[A-Za-z_]/.test(camel)) return `_${camel}`;
  return reserved.has(camel) ? `${camel}_` : camel;
}

function lowered(word: string): string {
  return word.charAt(0).toLowerCase() + word.slice(1);
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
