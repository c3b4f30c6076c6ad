import { expect, it } from "vitest";
import { segment } from "../../../../provider/core/http/segment";

it("a part of a path stays one, whatever it holds", () => {
  expect(segment("2e56d167-bad7-43c7-8ede-a613c3fe7844")).toBe("2e56d167-bad7-43c7-8ede-a613c3fe7844");
  expect(segment("../../admin")).toBe("..%2F..%2Fadmin");
  expect(segment("x/cancel?y=1#z")).toBe("x%2Fcancel%3Fy%3D1%23z");
});

it.each(["", ".", ".."])("%j can be none", (part) => {
  expect(() => segment(part)).toThrow("names nothing on the server");
});
