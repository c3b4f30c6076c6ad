import { describe, expect, it } from "vitest";
import {
  digestOf,
  digitsOf,
  isGeneratedName,
  markText,
  newNonce,
  readMark,
  resourceDigest,
  withMark,
  withoutMark,
} from "../../../../provider/core/resource/mark";

const mark = { resource: "0123456789abcdef", stack: "fedcba9876543210", nonce: "00112233445566ff" };
const identity = { project: "p", stack: "s", name: "nightly" };

describe("a mark as a string", () => {
  it("is read as it was written", () => {
    expect(readMark(markText(mark))).toEqual(mark);
  });

  it.each([
    ["a nonce of version 0.1.0", "00112233445566ff"],
    ["", ""],
    ["more", `${markText(mark)}0`],
    ["null", null],
  ])("is not what is something else: %s", (_, value) => {
    expect(readMark(value)).toBeUndefined();
  });
});

describe("a mark at the end of a text for people", () => {
  it.each(["Restored from snapshot x", "", "two\nlines", "[pulumi]"])("is taken off again: %j", (text) => {
    expect(withoutMark(withMark(text, mark))).toEqual({ text, mark });
  });

  it("is not there where there is none", () => {
    expect(withoutMark("just words")).toEqual({ text: "just words", mark: undefined });
    expect(withoutMark(`${withMark("", mark)} and more`).mark).toBeUndefined();
  });
});

describe("digests", () => {
  it("tell strings apart however they are cut", () => {
    expect(digestOf("a", "bc")).not.toBe(digestOf("ab", "c"));
    expect(digestOf("a")).toMatch(/^[0-9a-f]{16}$/);
  });

  it("of a resource tell type, name and components apart, and not its stack", () => {
    const digests = [
      resourceDigest("waldur:Volume", identity),
      resourceDigest("waldur:Snapshot", identity),
      resourceDigest("waldur:Volume", { ...identity, name: "hourly" }),
      resourceDigest("waldur:Volume", { ...identity, parents: "my:Site" }),
    ];
    expect(new Set(digests).size).toBe(digests.length);
    expect(resourceDigest("waldur:Volume", { ...identity, stack: "other" })).toBe(digests[0]);
  });

  it("make the same seven digits for the same resource, whatever the attempt, until it is replaced", () => {
    const digits = digitsOf(mark);
    expect(digits).toMatch(/^[0-9a-f]{7}$/);
    expect(digitsOf(mark, 1)).not.toBe(digits);
    expect(digitsOf({ ...mark, resource: mark.stack })).not.toBe(digits);
    expect(isGeneratedName(`nightly-${digits}`, digits)).toBe(true);
    for (const name of ["nightly", `nightly${digits}`, undefined])
      expect(isGeneratedName(name, digits)).toBe(false);
  });
});

it("a nonce is random, or as its seed has it", () => {
  expect(newNonce()).not.toBe(newNonce());
  expect(newNonce(Buffer.from("seed"))).toBe(newNonce(Buffer.from("seed")));
});
