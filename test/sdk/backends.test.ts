import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { allLifecycles, allLookups } from "../../provider/registry";
import { resultOf, type Schema, schemasOf } from "../../scripts/generate/jsonSchema";

const text = readFileSync(join(__dirname, "../../docs/backends.md"), "utf8");
const backends = ["waldur", "cinder"] as const;
type Backend = (typeof backends)[number];

/** A row of a table: the names in each backend, and the reason. */
type Row = Record<Backend, string[]> & { reason: string };

/** The rows of the tables under a heading, by what it names, e.g. `getSnapshot`, `getSnapshots`. */
const sections = new Map<string, Row[]>(
  text.split(/^#{2,3} (?=`)/m).flatMap((section) => {
    const [heading = "", ...lines] = (section.split(/^#{2} (?!`)/m)[0] ?? "").split("\n");
    const rows = lines.filter((line) => /^\| (`|\|)/.test(line) && !line.startsWith("| `waldur` |"));
    return heading.startsWith("`") ? [[namesIn(heading).join(" "), rows.map(rowOf)] as const] : [];
  }),
);

function namesIn(cell: string): string[] {
  return Array.from(cell.matchAll(/`(\w+)`/g), ([, name = ""]) => name);
}

function rowOf(line: string): Row {
  const [, waldur = "", cinder = "", reason = ""] = line.split("|");
  return { waldur: namesIn(waldur), cinder: namesIn(cinder), reason: reason.trim() };
}

/** Arguments and outputs of a resource, or the arguments of functions. */
function propertiesOf(backend: Backend, names: readonly string[]): string[] {
  const resources = allLifecycles.filter(({ type }) => names.some((name) => type === `${backend}:${name}`));
  const schemas = resources.flatMap((lifecycle): Schema[] => Object.values(schemasOf(lifecycle)));
  const functions = allLookups.filter(({ type }) => names.some((name) => type === `${backend}:${name}`));
  const all = [
    ...schemas.flatMap(({ properties = {} }) => Object.keys(properties)),
    ...functions.flatMap(({ inputs }) => Object.keys(inputs.shape)),
  ];
  return [...new Set(all)].sort();
}

const both = [...allLifecycles, ...allLookups].filter(({ type }) => /^(waldur|cinder):/.test(type));

describe("the page on Waldur and Cinder", () => {
  it("has every resource and function of the two", () => {
    const documented = [...sections.keys()].flatMap((names) => names.split(" ")).sort();
    expect(documented).toEqual([...new Set(both.map(({ type }) => type.split(":")[1]))].sort());
  });

  it.each([...sections])("has every property of %s exactly once for each backend", (names, rows) => {
    for (const backend of backends) {
      const documented = rows.flatMap((row) => row[backend]).sort();
      expect([backend, documented]).toEqual([backend, propertiesOf(backend, names.split(" "))]);
    }
  });

  it.each([...sections])("gives a reason for each difference of %s", (_names, rows) => {
    for (const { waldur, cinder, reason } of rows)
      if (waldur.join() !== cinder.join()) expect([waldur, cinder, reason.length > 10]).toContain(true);
  });

  it("calls nothing that both have by two names", () => {
    for (const rows of sections.values())
      for (const { waldur, cinder } of rows) {
        // Rows of names that differ hold no name which the other backend has in another row.
        if (waldur.join() === cinder.join()) continue;
        const others = rows.flatMap((row) => row.cinder);
        expect(waldur.filter((name) => others.includes(name))).toEqual([]);
      }
  });

  it("lists the former names", () => {
    for (const { type, former } of both) {
      const inputs = former && "inputs" in former ? former.inputs : former;
      for (const [old, name] of Object.entries((inputs ?? {}) as Record<string, string>)) {
        const line = text.split("\n").find((each) => {
          const [, subjects = "", list = ""] = each.split("|");
          return (
            namesIn(subjects).includes(String(type.split(":")[1])) &&
            list.includes("→") &&
            list.includes(`\`${old}\``)
          );
        });
        expect([type, old, line?.includes(`\`${name}\``)]).toEqual([type, old, true]);
      }
    }
  });
});

/** Every size that is described for a module, in the types that users import. */
function sizesOf(backend: Backend): string[] {
  const types = readFileSync(join(__dirname, `../../sdk/${backend}/types.ts`), "utf8");
  return Array.from(
    types.matchAll(/\/\*\* (.*) \*\/\n\s+(?:readonly )?(?:size|volumeSize)\??:/g),
    ([, doc = ""]) => doc,
  );
}

describe("the hover text of a size", () => {
  it.each([
    ["waldur", /MiB\b.*: 10 GiB is 10240\b/, 9],
    ["cinder", /GiB: 10 GiB is 10\b/, 11],
  ] as const)("says its unit in %s", (backend, unit, atLeast) => {
    const sizes = sizesOf(backend);
    for (const description of sizes) expect(description).toMatch(unit);
    expect(sizes.length).toBeGreaterThanOrEqual(atLeast);
  });
});

describe("every result", () => {
  it.each(allLookups.map((lookup) => [lookup.type, lookup] as const))("of %s has an id", (type, lookup) => {
    const { properties = {}, required = [] } = resultOf(lookup);
    expect(required).toContain("id");
    for (const [name, { items }] of Object.entries(properties))
      if (type.endsWith("s") && items?.properties)
        expect([name, items.required ?? []]).toEqual([name, expect.arrayContaining(["id"])]);
  });
});
