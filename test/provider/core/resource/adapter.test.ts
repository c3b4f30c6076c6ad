import { expect, it } from "vitest";
import { placeIn, subject } from "../../../../provider/core/resource/adapter";

it("an object is named by its kind, its name where it has one, and its id", () => {
  expect(subject("snapshot", "7")).toEqual({ kind: "snapshot", id: "7", what: "snapshot 7" });
  expect(subject("volume", "7", "data", { project: "p" })).toEqual({
    kind: "volume",
    id: "7",
    what: 'volume "data" (7)',
    place: { project: "p" },
  });
});

it("an object has a place where a state holds it", () => {
  const placeOf = ({ project }: { project?: string }) => ({ project });
  expect(placeIn({ project: "p" }, placeOf)).toEqual({ project: "p" });
  for (const none of [undefined, {}]) expect(placeIn(none, placeOf)).toBeUndefined();
});
