import { describe, expect, it } from "vitest";
import { allLifecycles } from "../../../provider/registry";
import { Series } from "./runs/series";

const types = allLifecycles.map(({ type }) => type).filter((type) => type.startsWith("waldur:"));

describe("schedules of faults on Waldur", () => {
  const series = new Series("waldur");

  it.each(types)("break nothing with a %s", (type) => series.run(type), 300_000);

  it("break everything that is listed as not yet held", () => expect(series.held()).toEqual([]));
});
