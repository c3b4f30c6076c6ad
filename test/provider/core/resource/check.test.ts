import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { z } from "zod";
import { checkInputs, wrongArguments } from "../../../../provider/core/resource/check";
import type { Context, Lifecycle, Properties } from "../../../../provider/core/resource/lifecycle";
import { unknownValue } from "../../../../provider/core/values";

const inputs = z.object({
  source: z.string(),
  name: z.string().trim().max(20, { message: "expected at most 20 characters" }).optional(),
  size: z.int({ message: "expected a whole number" }).optional(),
  options: z.object({ mode: z.enum(["a", "b"], { message: 'expected "a" or "b"' }) }).optional(),
});

const lifecycle = { inputs, autoName: { property: "name", longest: 20 } } as unknown as Lifecycle;

function checked(news: Properties, olds?: Properties, more: Partial<Lifecycle> = {}, name = "nightly") {
  const ctx = { identity: { project: "p", stack: "s", name } } as Context<unknown>;
  return checkInputs({ ...lifecycle, ...more }, news, olds, ctx);
}

describe("wrong arguments", () => {
  it("are told all at once, each with its name, its value and what would be right", () => {
    const { failures } = checked({
      name: "a name that is much too long",
      size: 1.5,
      options: { mode: "c" },
      colour: "red",
      Size: 7,
    });
    expect(failures).toEqual([
      { property: "source", reason: "source is required" },
      {
        property: "name",
        reason: 'invalid value "a name that is much too long": expected at most 20 characters',
      },
      { property: "size", reason: "invalid value 1.5: expected a whole number" },
      { property: "options.mode", reason: 'invalid value "c": expected "a" or "b"' },
      {
        property: "colour",
        reason: 'unknown property "colour"; valid properties: name, options, size, source',
      },
      {
        property: "Size",
        reason: 'unknown property "Size"; valid properties: name, options, size, source',
      },
    ]);
  });

  it("keep the check across properties from being asked", () => {
    const check = vi.fn(() => []);
    checked({ size: 1 }, undefined, { check });
    expect(check).not.toHaveBeenCalled();
  });

  it("name what nobody knows inside an object", () => {
    const inner = z.strictObject({ mode: z.strictObject({ a: z.number().optional() }).optional() });
    const strict = { inputs: z.object({ options: inner.optional() }), autoName: undefined };
    const { failures } = checked({ options: { colour: "red", mode: { b: 1 } } }, undefined, strict as never);
    expect(failures).toEqual([
      { property: "options.mode.b", reason: 'unknown property "options.mode.b"' },
      { property: "options.colour", reason: 'unknown property "options.colour"' },
    ]);
  });

  it("are one error where only an error can say them", () => {
    const wrong = [
      { property: "size", reason: "too small" },
      { property: "name", reason: "too long" },
    ];
    expect(wrongArguments(wrong).message).toBe("size: too small; name: too long");
    expect(wrongArguments(wrong.slice(0, 1))).toMatchObject({ property: "size", reason: "too small" });
  });

  it("name what is missing inside an object", () => {
    expect(checked({ source: "a", options: {} }).failures).toEqual([
      { property: "options.mode", reason: "options.mode is required" },
    ]);
  });
});

describe("right arguments", () => {
  it("pass, as the schema writes them; null is not given", () => {
    const { inputs: out, failures } = checked({ source: "a", name: "  x ", size: null, options: undefined });
    expect(failures).toEqual([]);
    expect(out).toEqual({ source: "a", name: "x" });
  });

  it("are checked against each other and the old ones", () => {
    const check = vi.fn(() => [{ property: "size", reason: "it shrinks" }]);
    const { failures } = checked({ source: "a", name: "x", size: 1 }, { size: 2 }, { check });
    expect(failures).toEqual([{ property: "size", reason: "it shrinks" }]);
    expect(check).toHaveBeenCalledWith({ source: "a", name: "x", size: 1 }, { size: 2 }, expect.anything());
  });

  it("of a new resource have no old ones, be they missing or empty", () => {
    const check = vi.fn((_news: unknown, _olds: unknown) => []);
    checked({ source: "a" }, undefined, { check });
    checked({ source: "a" }, {}, { check });
    expect(check.mock.calls.map(([, olds]) => olds)).toEqual([undefined, undefined]);
  });
});

describe("values that are not known yet", () => {
  it("pass as they are, at any depth, and the others are checked all the same", () => {
    const { inputs: out, failures } = checked({
      source: unknownValue,
      name: "x",
      size: "7",
      options: { mode: unknownValue },
    });
    expect(failures.map(({ property }) => property)).toEqual(["size"]);
    expect(out).toEqual({ source: unknownValue, name: "x", size: "7", options: { mode: unknownValue } });
  });

  it("are shown as such to the check across properties", () => {
    const check = vi.fn((_news: unknown) => []);
    checked({ source: unknownValue, name: "x", size: 1 }, undefined, { check });
    expect(check.mock.calls[0]?.[0]).toEqual({ source: unknownValue, name: "x", size: 1 });
  });
});

describe("a name that is made up", () => {
  const long = {
    autoName: { property: "name", longest: 150 },
    inputs: inputs.extend({ name: z.string().max(150) }),
  };

  it("is the resource's name and seven hex digits, never too long, never half a character", () => {
    fc.assert(
      fc.property(fc.nat(160), fc.string({ unit: "grapheme", minLength: 1 }), (length, end) => {
        const name = "x".repeat(length) + end;
        const { inputs: out, failures } = checked({ source: "a" }, undefined, long, name);
        const made = String(out.name);
        expect(failures).toEqual([]);
        expect(made.length).toBeLessThanOrEqual(150);
        expect(made).toMatch(/-[0-9a-f]{7}$/);
        expect(name.startsWith(made.slice(0, -8))).toBe(true);
        // What cannot be written as UTF-8 would come back from the server as something else.
        expect(Buffer.from(made, "utf8").toString("utf8")).toBe(made);
      }),
    );
  });

  it("keeps the whole of a short one", () => {
    expect(checked({ source: "a" }).inputs.name).toMatch(/^nightly-[0-9a-f]{7}$/);
  });

  it("is another one for each resource", () => {
    const names = Array.from({ length: 50 }, () => checked({ source: "a" }).inputs.name);
    expect(new Set(names).size).toBe(50);
  });

  it("stays over runs, and so does one that was declared once", () => {
    const first = checked({ source: "a" }).inputs;
    expect(checked({ source: "a" }, first).inputs.name).toBe(first.name);
    expect(checked({ source: "a" }, { name: "mine" }).inputs.name).toBe("mine");
  });

  it("gives way to one that is declared, and to one that is not known yet", () => {
    expect(checked({ source: "a", name: "mine" }, { name: "old" }).inputs.name).toBe("mine");
    expect(checked({ source: "a", name: unknownValue }).inputs.name).toBe(unknownValue);
  });

  it("is made only where the resource asks for it", () => {
    const { autoName: _, ...nameless } = lifecycle;
    const ctx = { identity: { name: "nightly" } } as Context<unknown>;
    expect(checkInputs(nameless as Lifecycle, { source: "a" }, undefined, ctx).inputs).toEqual({
      source: "a",
    });
  });
});
