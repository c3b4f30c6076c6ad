import { expect, it } from "vitest";
import { unknownValue } from "../../../provider/core/values";
import { detailsOf } from "../../../provider/fronts/detail";

it("a difference names its place, as deep as both sides go", () => {
  const olds = {
    size: 1,
    metadata: { team: "a", "a.b": "1", foreign: "f", gone: "g" },
    options: { rows: [{ name: "x" }, { name: "y" }], list: [1] },
  };
  const news = {
    size: 2,
    name: "n",
    metadata: { team: "b", "a.b": "1", more: "m" },
    options: { rows: [{ name: "x" }, { name: "z" }], list: [1, 2] },
  };
  const details = detailsOf(
    [
      { property: "size", kind: "update" },
      { property: "name", kind: "update" },
      { property: "metadata", kind: "update", keys: ["team", "more", "gone"] },
      { property: "options", kind: "replace" },
    ],
    olds,
    news,
  );
  expect(details.map(({ path, kind, replaces }) => [path, kind, replaces])).toEqual([
    ["size", "update", false],
    ["name", "add", false],
    ["metadata.team", "update", false],
    ["metadata.more", "add", false],
    ["metadata.gone", "delete", false],
    ["options.rows[1].name", "update", true],
    ["options.list", "update", true],
  ]);
});

it("what is unknown differs, and so does what reads the same but means something else", () => {
  const change = { property: "size", kind: "update" } as const;
  expect(detailsOf([change], { size: 1 }, { size: unknownValue })).toEqual([
    { path: "size", kind: "update", replaces: false },
  ]);
  expect(detailsOf([change], { size: 1 }, { size: 1 })).toHaveLength(1);
});
