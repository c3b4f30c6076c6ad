import { beforeEach, expect, it } from "vitest";
import { z } from "zod";
import { wireString } from "../../../../provider/core/http/wire";
import { rowOf } from "../../../../provider/core/resource/field";

const server = { wire: "x", onChange: "update", kept: "echo" } as const;
const rowOfAll = () =>
  rowOf(
    {
      name: { ...server, schema: z.string().optional().describe("Its name") },
      size: { ...server, schema: z.string(), output: z.number() },
      state: { ...server, schema: z.number() },
      source: { ...server, wire: null, schema: z.string() },
      approve: { wire: null, onChange: "update", kept: "state", reset: false, schema: z.boolean() },
    },
    z.object({ uuid: z.string(), state: wireString("State") }),
  );

let row: ReturnType<typeof rowOfAll>;
beforeEach(() => {
  row = rowOfAll();
});

it("an answer shows what is known of it, and every argument that is written into a body", () => {
  expect(Object.keys(row.shape)).toEqual(["uuid", "state", "name", "size"]);
  const full = { uuid: "1", state: "OK", name: "n", size: 7 };
  expect(row.parse({ ...full, source: "s", approve: true })).toEqual(full);
});

it("an answer has the type of an output where it shows an argument in another form", () => {
  expect(row.safeParse({ uuid: "1", size: "7" }).success).toBe(false);
  expect(row.safeParse({ uuid: "1", state: 7 }).success).toBe(false);
});

it("an answer may leave arguments out, and have null for them", () => {
  expect(row.parse({ uuid: "1" })).toEqual({ uuid: "1" });
  expect(row.parse({ uuid: "1", name: null, size: null })).toEqual({ uuid: "1" });
});

it("arguments are described in answers as they are, if they are", () => {
  expect(row.shape.name.description).toBe("Its name");
  expect(row.shape.size.description).toBe("");
});
