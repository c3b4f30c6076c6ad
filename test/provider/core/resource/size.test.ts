import { describe, expect, it } from "vitest";
import { UserError } from "../../../../provider/core/errors";
import type { Rules } from "../../../../provider/core/resource/diff";
import { VolumeSize } from "../../../../provider/core/resource/size";

const gib = new VolumeSize("GiB");
const mib = new VolumeSize("MiB", (size) => Math.floor(size / 1024));
const rules: Rules = { size: { kind: "update" }, zone: { kind: "replace" } };

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

  it("never shrinks: the property and both sizes are named", () => {
    expect(() => gib.refuseShrinking(3, 2)).toThrow(UserError);
    expect(() => gib.refuseShrinking(3, 2)).toThrow(
      /^size: 2 GiB is less than the 3 GiB that the volume has, and a volume cannot shrink/,
    );
    expect(gib.check(rules, { size: 3 }, { size: 2 })).toEqual([
      { property: "size", reason: expect.stringMatching(/^2 GiB is less than/) },
    ]);
  });

  it("may stay, grow, be left out or not be known yet", () => {
    for (const declared of [3, 4, undefined, "unknown"]) {
      expect(() => gib.refuseShrinking(3, declared)).not.toThrow();
      expect(gib.check(rules, { size: 3 }, { size: declared })).toEqual([]);
    }
    expect(() => gib.refuseShrinking(undefined, 1)).not.toThrow();
  });

  it("is free for a volume that is new, or replaced", () => {
    expect(gib.check(rules, undefined, { size: 1 })).toEqual([]);
    expect(gib.check(rules, { size: 3, zone: "a" }, { size: 1, zone: "b" })).toEqual([]);
    expect(gib.check(rules, { size: 3, zone: "a" }, { size: 1, zone: "a" })).toHaveLength(1);
  });

  it("counts in what the server keeps", () => {
    expect(() => mib.refuseShrinking(2049, 2048)).not.toThrow();
    expect(() => mib.refuseShrinking(2049, 1024)).toThrow(/1024 MiB is less than the 2049 MiB/);
  });
});
