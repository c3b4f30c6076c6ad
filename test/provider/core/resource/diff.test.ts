import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  applied,
  appliedAfterFailure,
  appliedKey,
  type Compared,
  differences,
  keyChanges,
  type Rules,
  sameString,
  shows,
} from "../../../../provider/core/resource/diff";
import { unknownValue } from "../../../../provider/core/values";

const rules: Rules = {
  source: { kind: "replace" },
  name: { kind: "update", same: sameString },
  description: { kind: "update", same: sameString, reset: "" },
  until: { kind: "update", reset: null },
  tags: { kind: "update" },
  secretly: { kind: "update", same: (now, declared) => (now ?? false) === declared, reset: false },
};

/** What a declaration leaves in the state, where the server took it as it is. */
const stateOf = (declared: Record<string, unknown>) => ({ ...declared, [appliedKey]: applied(declared) });

const declarations = fc.record(
  {
    source: fc.string({ minLength: 1 }),
    name: fc.string({ minLength: 1 }),
    description: fc.string({ minLength: 1 }),
    until: fc.string({ minLength: 1 }),
    tags: fc.dictionary(fc.string(), fc.jsonValue()),
    secretly: fc.boolean(),
  },
  { requiredKeys: [] },
);

describe("differences", () => {
  it("are none where the server has what is declared, whatever else it says", () => {
    fc.assert(
      fc.property(declarations, fc.dictionary(fc.string(), fc.jsonValue()), (declared, more) => {
        expect(differences(rules, { ...more, ...stateOf(declared) }, declared)).toEqual([]);
      }),
    );
  });

  it("are of the rule's kind, with the declared value", () => {
    expect(differences(rules, stateOf({ source: "a", name: "x" }), { source: "b", name: "y" })).toEqual([
      { property: "source", kind: "replace", wanted: "b" },
      { property: "name", kind: "update", wanted: "y" },
    ]);
  });

  it("come from drift as well as from a changed declaration", () => {
    const declared = { tags: { a: 1 } };
    const drifted = { ...stateOf(declared), tags: { a: 2 } };
    expect(differences(rules, drifted, declared)).toEqual([
      { property: "tags", kind: "update", wanted: { a: 1 } },
    ]);
  });

  it("are none for what is not declared and never was: it belongs to others", () => {
    fc.assert(
      fc.property(declarations, (observed) => {
        expect(differences(rules, { ...observed, [appliedKey]: {} }, {})).toEqual([]);
        expect(differences(rules, observed, {})).toEqual([]);
      }),
    );
  });

  it("take the effect of a dropped declaration out, where there is a way back", () => {
    const before = stateOf({
      source: "a",
      name: "x",
      description: "d",
      until: "2027",
      tags: {},
      secretly: true,
    });
    expect(differences(rules, before, {})).toEqual([
      { property: "description", kind: "update", wanted: "" },
      { property: "until", kind: "update", wanted: null },
      { property: "secretly", kind: "update", wanted: false },
    ]);
  });

  it("are none for a dropped declaration that has no effect any more", () => {
    const before = { ...stateOf({ description: "d", until: "2027" }), description: "  ", until: undefined };
    expect(differences(rules, before, {})).toEqual([]);
  });

  it("take null for undeclared, as Pulumi does", () => {
    expect(differences(rules, stateOf({ source: "a" }), { source: null, name: null })).toEqual([]);
  });

  it("are there for a value that is not known yet", () => {
    const found = differences(rules, stateOf({ source: "a", tags: {} }), {
      source: unknownValue,
      tags: { a: [unknownValue] },
    });
    expect(found.map(({ property }) => property)).toEqual(["source", "tags"]);
  });

  it("are there for it whatever the rule would say, which is not asked", () => {
    const same = () => {
      throw new Error("cannot compare that");
    };
    const observed = { [appliedKey]: applied({ tags: unknownValue }) };
    expect(differences({ tags: { kind: "replace", same } }, observed, { tags: unknownValue })).toEqual([
      { property: "tags", kind: "replace", wanted: unknownValue },
    ]);
  });

  it("tell a rule whether the declaration is the one of last time", () => {
    const asked: boolean[] = [];
    const same = (_observed: unknown, _declared: unknown, { unchanged }: Compared) =>
      asked.push(unchanged) > 0;
    const state = stateOf({ tags: { a: 1, b: 2 } });
    differences({ tags: { kind: "update", same } }, state, { tags: { b: 2, a: 1 } });
    differences({ tags: { kind: "update", same } }, state, { tags: { a: 2 } });
    differences({ tags: { kind: "update", same } }, { tags: {} }, { tags: { a: 1, b: 2 } });
    expect(asked).toEqual([true, false, false]);
  });

  it("are never made by arguments without a rule", () => {
    expect(differences(rules, {}, { other: 1, __context: {} })).toEqual([]);
  });
});

describe("applied", () => {
  it("keeps prints of what is declared, and no values", () => {
    const prints = applied({ name: "x", description: undefined, until: null, __context: { name: "x" } });
    expect(Object.keys(prints)).toEqual(["name", "until"]);
    expect(JSON.stringify(prints)).not.toContain('"x"');
  });
});

describe("an object of which only the declared keys are owned", () => {
  const keyed: Rules = { tags: { kind: "update", keyed: true, reset: {} } };
  const state = (tags: Record<string, string>, declared?: Record<string, string>) => ({
    tags,
    [appliedKey]: applied(declared ? { tags: declared } : {}),
  });

  it("differs where a declared key is missing or has another value", () => {
    const observed = state({ a: "1", theirs: "x" }, { a: "1" });
    expect(differences(keyed, observed, { tags: { a: "1" } })).toEqual([]);
    expect(differences(keyed, observed, { tags: { a: "2" } })).toHaveLength(1);
    expect(keyChanges("tags", observed, { tags: { a: "2", b: "3" } })).toEqual({
      set: { a: "2", b: "3" },
      drop: [],
    });
  });

  it("loses the keys that were declared before, and no others", () => {
    const observed = state({ a: "1", b: "2", theirs: "x" }, { a: "1", b: "2", gone: "3" });
    expect(keyChanges("tags", observed, { tags: { a: "1" } })).toEqual({ set: {}, drop: ["b"] });
    expect(keyChanges("tags", observed, {})).toEqual({ set: {}, drop: ["a", "b"] });
    expect(differences(keyed, observed, {})).toEqual([
      { property: "tags", kind: "update", keys: ["a", "b"], wanted: {} },
    ]);
    expect(differences(keyed, state({ theirs: "x" }), {})).toEqual([]);
  });

  it("keeps the names of keys in the prints, and none of their values", () => {
    expect(applied({ tags: { a: "secret" } })).toMatchObject({ "tags.a": "" });
    const failed = appliedAfterFailure({ tags: { b: "2" } }, state({}, { a: "1" }));
    expect(keyChanges("tags", { tags: { a: "1", b: "2" }, [appliedKey]: failed }, {}).drop.sort()).toEqual([
      "a",
      "b",
    ]);
  });
});

describe("rules", () => {
  it("sameString: space around does not count, and absent is empty", () => {
    expect(sameString(" a b ", "a b")).toBe(true);
    expect(sameString(undefined, "")).toBe(true);
    expect(sameString(null, undefined)).toBe(true);
    expect(sameString("a", "b")).toBe(false);
    expect(sameString("a b", "ab")).toBe(false);
  });
});

describe("appliedAfterFailure", () => {
  it("keeps what was declared before, so that a declaration dropped meanwhile is still taken out", () => {
    const prints = appliedAfterFailure(
      { name: "x", tags: { a: 2 } },
      stateOf({ description: "d", tags: { a: 1 } }),
    );
    const state = { name: "x", description: "d", tags: { a: 1 }, [appliedKey]: prints };
    expect(differences(rules, state, { name: "x", tags: { a: 2 } }).map(({ property }) => property)).toEqual([
      "description",
      "tags",
    ]);
    expect(prints.tags).toBe(applied({ tags: { a: 1 } }).tags);
  });
});

describe("what was wanted shows", () => {
  it("where every one of it is there by meaning", () => {
    const observed = { source: "a", name: " x ", until: undefined, other: 1 };
    expect(shows(rules, observed, { source: "a", name: "x" })).toBe(true);
    expect(shows(rules, observed, { source: "a", name: "y" })).toBe(false);
    expect(shows(rules, observed, { source: "b", name: "x" })).toBe(false);
    expect(shows(rules, observed, {})).toBe(true);
  });

  it("as nothing where it was to be taken out", () => {
    for (const until of [undefined, null]) expect(shows(rules, { until }, { until: null })).toBe(true);
    expect(shows(rules, { until: "2027" }, { until: null })).toBe(false);
  });

  it("whatever it is where there is no rule for it", () => {
    expect(shows(rules, {}, { unheard: "of" })).toBe(true);
  });

  it("is compared with all that is wanted, as a declaration of which nothing is known", () => {
    const asked: unknown[] = [];
    const same = (...given: unknown[]) => {
      asked.push(given);
      return true;
    };
    shows({ name: { kind: "update", same } }, { name: "n", more: 1 }, { name: "x" });
    expect(asked).toEqual([
      ["n", "x", { unchanged: false, observed: { name: "n", more: 1 }, declared: { name: "x" } }],
    ]);
  });
});
