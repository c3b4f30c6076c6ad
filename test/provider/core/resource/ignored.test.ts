import { describe, expect, it } from "vitest";
import { applied, appliedKey, differences, keyChanges } from "../../../../provider/core/resource/diff";
import { asObserved, ignoring } from "../../../../provider/core/resource/ignored";

const rules = {
  size: { kind: "update" },
  zone: { kind: "replace" },
  description: { kind: "update", reset: "" },
  metadata: { kind: "update", keyed: true, reset: {} },
  options: { kind: "replace" },
} as const;

/** What differs where these paths are ignored. */
function found(observed: Record<string, unknown>, declared: Record<string, unknown>, ...paths: string[]) {
  return differences(rules, observed, ignoring(declared, paths)).map(({ property, wanted }) => [
    property,
    wanted,
  ]);
}

describe("what is ignored", () => {
  it("makes no difference, be it declared, drifted, missing, or no longer declared", () => {
    const observed = {
      size: 20,
      zone: "b",
      [appliedKey]: applied({ size: 10, zone: "a", description: "d" }),
    };
    const paths = ["size", "zone", "description"];
    expect(found(observed, { size: 10, zone: "a", description: "d" }, ...paths)).toEqual([]);
    expect(found(observed, {}, ...paths)).toEqual([]);
    expect(found(observed, { size: 10, zone: "a" }, "size")).toEqual([
      ["zone", "a"],
      ["description", ""],
    ]);
    expect(found(observed, { size: 10, zone: "a" }, "*")).toEqual([]);
  });

  it("may be one key of an object whose other keys count", () => {
    const observed = {
      metadata: { team: "theirs", "a.b": "theirs", other: "old", foreign: "f" },
      [appliedKey]: applied({ metadata: { team: "mine", "a.b": "1", other: "old", gone: "g" } }),
    };
    const declared = { metadata: { team: "mine", "a.b": "1", other: "new", missing: "m" } };
    const ignored = ignoring(declared, ["metadata.team", 'metadata["a.b"]', "metadata.missing"]);
    expect(keyChanges("metadata", observed, ignored)).toEqual({ set: { other: "new" }, drop: [] });
    expect(keyChanges("metadata", observed, ignoring(declared, ["metadata"]))).toEqual({ set: {}, drop: [] });
    expect(keyChanges("metadata", observed, ignoring(declared, ["metadata.*"]))).toEqual({
      set: {},
      drop: [],
    });
    // One that is taken out of the program stays, since the engine keeps the argument of before.
    const kept = { metadata: { ...declared.metadata, foreign: "x" } };
    expect(keyChanges("metadata", observed, ignoring(kept, ["metadata.foreign"])).set).not.toHaveProperty(
      "foreign",
    );
  });

  it("may be inside of lists, one item or all", () => {
    const options = {
      instances: [
        { name: "a", size: 1 },
        { name: "b", size: 2 },
      ],
    };
    const observed = {
      options: {
        instances: [
          { name: "x", size: 1 },
          { name: "y", size: 2 },
        ],
      },
    };
    expect(found(observed, { options }, "options.instances[*].name")).toEqual([]);
    expect(found(observed, { options }, "options.instances[0].name")).toEqual([
      [
        "options",
        {
          instances: [
            { name: "x", size: 1 },
            { name: "b", size: 2 },
          ],
        },
      ],
    ]);
    expect(found({ options: { instances: [] } }, { options }, "options.instances[0].name")).toEqual([
      ["options", options],
    ]);
  });

  it("stays in the prints of what was declared, and counts again when it is no longer ignored", () => {
    const declared = { size: 10 };
    const ignored = asObserved(ignoring(declared, ["size"]), { size: 20 });
    expect(ignored).toMatchObject({ size: 20 });
    expect(
      differences(
        { size: { kind: "update", same: (_now, _size, { unchanged }) => unchanged } },
        {
          size: 20,
          [appliedKey]: applied(declared),
        },
        declared,
      ),
    ).toEqual([]);
  });

  it("does not stop a key from being called as Pulumi, JavaScript or nobody would", () => {
    const metadata = JSON.parse('{ "__proto__": "p", "constructor": "c", "hasOwnProperty": "1" }');
    const none = { metadata: {}, [appliedKey]: applied({}) };
    expect(JSON.stringify(keyChanges("metadata", none, { metadata }).set)).toBe(JSON.stringify(metadata));
    const there = { metadata, [appliedKey]: applied({ metadata }) };
    expect(keyChanges("metadata", there, { metadata })).toEqual({ set: {}, drop: [] });
    expect(keyChanges("metadata", there, { metadata: {} }).drop.sort()).toEqual(Object.keys(metadata).sort());
    expect(keyChanges("metadata", none, { metadata: {} }).drop).toEqual([]);
    const ignored = ignoring({ metadata }, ["metadata.constructor", 'metadata["__proto__"]']);
    expect(keyChanges("metadata", none, ignored).set).toEqual({ hasOwnProperty: "1" });
  });
});
