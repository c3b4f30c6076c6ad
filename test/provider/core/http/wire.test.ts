import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { ConnectionError } from "../../../../provider/core/errors";
import {
  camelKeys,
  nullish,
  snake,
  understood,
  wireFlag,
  wireJson,
  wireNumber,
  wireRecord,
  wireString,
} from "../../../../provider/core/http/wire";

describe("a field of an answer", () => {
  const row = z.object({
    name: wireString("Its name"),
    size: wireNumber("Its size"),
    bootable: wireFlag("Whether"),
    options: wireJson("Anything"),
    metadata: wireRecord(z.string(), "Labels"),
  });

  it("is undefined where it is absent or null", () => {
    expect(row.parse({})).toEqual({});
    expect(row.parse({ name: null, size: null, bootable: null, options: null })).toEqual({});
    expect(nullish(z.string()).parse(null)).toBeUndefined();
  });

  it("keeps what is there, also where that is empty", () => {
    const full = { name: "", size: 0, bootable: false, options: [{ a: null }], metadata: { a: "1" } };
    expect(row.parse(full)).toEqual(full);
  });

  it("has a type all the same, and a description", () => {
    for (const wrong of [{ name: 1 }, { size: "1" }, { bootable: "true" }, { metadata: { a: 1 } }])
      expect(row.safeParse(wrong).success).toBe(false);
    expect(Object.values(row.shape).map(({ description }) => description)).toEqual([
      ...["Its name", "Its size", "Whether", "Anything", "Labels"],
    ]);
  });

  it("that holds values by key is an empty object where a server writes anything else", () => {
    for (const none of [null, "", [], 0]) expect(row.parse({ metadata: none })).toEqual({ metadata: {} });
  });
});

describe("names of the wire", () => {
  const names = { renamed: { os_state: "status" }, opaque: new Set(["metadata"]) };

  it("become camel case at any depth, except in somebody's own JSON", () => {
    expect(
      camelKeys(
        [{ kept_until: 1, os_state: "x", metadata: { a_b: 1 }, list: [{ is_v2_ok: { c_d: null } }] }, "a_b"],
        names,
      ),
    ).toEqual([{ keptUntil: 1, status: "x", metadata: { a_b: 1 }, list: [{ isV2Ok: { cD: null } }] }, "a_b"]);
    expect(camelKeys({ os_state: 1 }, { opaque: new Set() })).toEqual({ osState: 1 });
  });

  it("come back from camel case", () => {
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[a-z]{1,6}$/), { minLength: 1 }), (words) => {
        const [name] = Object.keys(camelKeys({ [words.join("_")]: 1 }, names) as object);
        expect(snake(name ?? "")).toBe(words.join("_"));
      }),
    );
    expect(snake("keptUntil")).toBe("kept_until");
  });
});

describe("an answer", () => {
  const schema = z.object({ volumes: z.array(z.object({ size: z.number() })) });

  it("is what the schema makes of it", () => {
    expect(understood(schema, { volumes: [{ size: 7, more: 1 }] })).toEqual({ volumes: [{ size: 7 }] });
  });

  it.each([
    [{ volumes: [{ size: 7 }, { size: "7" }] }, "volumes.1.size", "string"],
    [undefined, "the body", "undefined"],
  ])("that is something else is told with the place: %j", (body, where, received) => {
    const words = `expected ${where === "the body" ? "object" : "number"}, received ${received}`;
    expect(() => understood(schema, body)).toThrow(
      new ConnectionError(`an answer is not what the API describes: ${where}: Invalid input: ${words}`, true),
    );
    expect(() => understood(schema, body)).toThrow(expect.objectContaining({ sent: true }));
  });
});
