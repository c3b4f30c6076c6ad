import { describe, expect, it } from "vitest";
import { UserError } from "../../../../provider/core/errors";
import { differences, type Rules } from "../../../../provider/core/resource/diff";
import { VolumeSize } from "../../../../provider/core/resource/size";

const gib = new VolumeSize("GiB");
const mib = new VolumeSize("MiB", (size) => Math.floor(size / 1024));

const rulesOf = ({ same }: VolumeSize): Rules => ({
  size: { kind: "update", same },
  zone: { kind: "replace" },
});
type Size = { size?: unknown; zone?: string };

/** What is done about a volume of a size, where this was applied and that is declared. */
function change(size: VolumeSize, now: unknown, applied: Size, declared: Size): unknown[] {
  const observed = { zone: "a", size: now, ...size.asked(applied) };
  const changes = differences(rulesOf(size), observed, declared);
  size.refuseShrinking(changes, now, declared.size);
  return changes.map(({ kind, property, wanted }) => [kind, property, wanted]);
}

describe("the size of a volume", () => {
  it.each([
    [1, undefined],
    [0, /above 0 GiB/],
    [1.5, /whole number of GiB/],
  ])("%s as an argument", (size, wrong) => {
    const message = gib.schema.safeParse(size).error?.issues[0]?.message;
    if (wrong) expect(message).toMatch(wrong);
    else expect(message).toBeUndefined();
  });

  it("that is declared smaller than the volume is an error with the property and both sizes", () => {
    for (const applied of [{ size: 3 }, { size: 4 }, {}]) {
      expect(() => change(gib, 3, applied, { size: 2 })).toThrow(UserError);
      expect(() => change(gib, 3, applied, { size: 2 })).toThrow(
        /^size: 2 GiB is less than the 3 GiB that the volume has, and a volume cannot shrink/,
      );
    }
  });

  it("may stay, grow, be left out or not be known yet", () => {
    expect(change(gib, 3, { size: 3 }, { size: 3 })).toEqual([]);
    expect(change(gib, 3, { size: 3 }, { size: 4 })).toEqual([["update", "size", 4]]);
    expect(change(gib, 3, { size: 3 }, {})).toEqual([]);
    expect(change(gib, 3, { size: 3 }, { size: "unknown" })).toEqual([["update", "size", "unknown"]]);
    expect(change(gib, undefined, {}, { size: 1 })).toEqual([["update", "size", 1]]);
  });

  it("of a volume that somebody has grown is no difference, until the declaration changes", () => {
    expect(change(gib, 20, { size: 10 }, { size: 10 })).toEqual([]);
    // What is there already is recorded only.
    expect(change(gib, 20, { size: 10 }, { size: 20 })).toEqual([["update", "size", 20]]);
    expect(gib.toWrite([{ property: "size", kind: "update", wanted: 20 }], 20)).toEqual([]);
    expect(gib.toWrite([{ property: "size", kind: "update", wanted: 30 }], 20)).toHaveLength(1);
    expect(() => gib.toWrite([{ property: "size", kind: "update", wanted: 10 }], 20)).toThrow(
      /cannot shrink/,
    );
    expect(change(gib, 20, { size: 10 }, { size: 30 })).toEqual([["update", "size", 30]]);
    expect(() => change(gib, 20, { size: 10 }, { size: 15 })).toThrow(/15 GiB is less than the 20 GiB/);
    expect(() => change(gib, 20, { size: 10 }, { size: 5 })).toThrow(/5 GiB is less than the 20 GiB/);
  });

  it("of a state that does not know what was applied goes by what is there", () => {
    expect(change(gib, 20, {}, { size: 20 })).toEqual([]);
  });

  it("may be taken back after a growth that the server refused", () => {
    expect(change(gib, 10, { size: 20 }, { size: 10 })).toEqual([["update", "size", 10]]);
    expect(change(gib, 10, { size: 10 }, { size: 10 })).toEqual([]);
  });

  it("is free for a volume that is replaced", () => {
    const replaced = change(gib, 3, { size: 3 }, { size: 1, zone: "b" });
    expect(replaced).toEqual([
      ["update", "size", 1],
      ["replace", "zone", "b"],
    ]);
  });

  it("counts in what the server keeps", () => {
    expect(change(mib, 2049, { size: 2048 }, { size: 2048 })).toEqual([]);
    expect(() => change(mib, 2049, { size: 2048 }, { size: 1024 })).toThrow(
      /1024 MiB is less than the 2049 MiB/,
    );
  });
});
