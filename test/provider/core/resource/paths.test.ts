import { describe, expect, it } from "vitest";
import { formatPath, parsePath } from "../../../../provider/core/resource/paths";

describe("a path of Pulumi's options", () => {
  it.each([
    ["size", ["size"]],
    ["metadata.team", ["metadata", "team"]],
    ['metadata["a.b"]', ["metadata", "a.b"]],
    ['metadata["say \\"hi\\""]', ["metadata", 'say "hi"']],
    ['["metadata"].team', ["metadata", "team"]],
    ["options.instances[10].name", ["options", "instances", 10, "name"]],
    ["options.instances[*].name", ["options", "instances", "*", "name"]],
    ["metadata.*", ["metadata", "*"]],
    ["*", ["*"]],
  ])("%s is read", (text, path) => {
    expect(parsePath(text)).toEqual(path);
  });

  it.each(["", "metadata[", 'metadata["open', "metadata[x]"])("%j is none", (text) => {
    expect(parsePath(text)).toBeUndefined();
  });

  it.each(["metadata.team", 'metadata["a.b"]', 'metadata["say \\"hi\\""]', "rows[0].name", "a-b.c_d"])(
    "%s is written as it was read",
    (text) => expect(formatPath(parsePath(text) ?? [])).toBe(text),
  );
});
