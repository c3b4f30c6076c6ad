import { describe, expect, it } from "vitest";
import { UserError } from "../../../provider/core/errors";
import { refuseEndless, untilNothingNew } from "../../../provider/core/pages";

interface Row {
  id: number;
  seen: number;
}

/** Reads a list that shows these ids at each pass, the last ones again and again. */
async function read(passes: readonly number[][], pages = 2) {
  let count = 0;
  const rows = await untilNothingNew<Row>(
    ({ id }) => id,
    async () => {
      const ids = passes[Math.min(count, passes.length - 1)] ?? [];
      count += 1;
      return { rows: ids.map((id) => ({ id, seen: count })), pages };
    },
  );
  return { ids: rows.map(({ id }) => id), rows, count };
}

describe("a list that is read forwards", () => {
  it("of one page is as it was at that moment", async () => {
    expect(await read([[1, 2], [3]], 1)).toMatchObject({ ids: [1, 2], count: 1 });
  });

  it("of several pages is read again until that brings nothing new", async () => {
    expect(await read([[1, 2]])).toMatchObject({ ids: [1, 2], count: 2 });
    expect(
      await read([
        [1, 3],
        [2, 3],
        [2, 3],
      ]),
    ).toMatchObject({ ids: [1, 3, 2], count: 3 });
  });

  it("without a row is read twice before that is believed", async () => {
    expect(await read([[], [1]])).toMatchObject({ ids: [1], count: 3 });
    expect(await read([[]])).toMatchObject({ ids: [], count: 2 });
  });

  it("has every row as it was first seen", async () => {
    const { rows } = await read([[1], [1, 2]]);
    expect(rows).toEqual([
      { id: 1, seen: 1 },
      { id: 2, seen: 2 },
    ]);
  });

  it("that never rests is taken as it was seen after five passes", async () => {
    const { ids, count } = await read(Array.from({ length: 9 }, (_, index) => [index]));
    expect([ids, count]).toEqual([[0, 1, 2, 3, 4], 5]);
  });
});

it("a list that does not end is refused with what can be done", () => {
  expect(() => refuseEndless("/api/snapshots/")).toThrow(
    new UserError(
      "the list /api/snapshots/ does not end: after 1000 pages, or a page that came before, the server says that there " +
        "is more. Narrow it down with filters, or have the server looked at.",
    ),
  );
});
