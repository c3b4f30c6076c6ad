import { expect, it } from "vitest";
import { z } from "zod";
import type { WaldurClient } from "../../../provider/waldur/client";
import { newestRows } from "../../../provider/waldur/newest";

const row = z.object({ uuid: z.string(), created: z.string() });

/** A server with these pages, the last one again and again; it says of each that another one follows. */
function endless(pages: readonly string[][]) {
  const asked: number[] = [];
  const client = {
    path: () => "/api/marketplace-orders/",
    async page(_kind: string, _schema: unknown, { page }: { page: number }) {
      asked.push(page);
      if (asked.length > 9) throw new Error("it was asked for ever");
      const uuids = pages[page - 1] ?? pages.at(-1) ?? [];
      return { items: uuids.map((uuid) => ({ uuid, created: "2026-11-21T09:00:00Z" })), last: false };
    },
  } as unknown as WaldurClient;
  return { asked, rows: () => newestRows(client, "marketplace-orders", row, {}, 60_000, undefined) };
}

it("a list that shows the same page again and again has failed, and is not read for ever", async () => {
  const { asked, rows } = endless([["a", "b"], ["c"]]);
  await expect(rows()).rejects.toThrow(
    "GET /api/marketplace-orders/: page 3 shows what the pages before it have shown, and says that more follow",
  );
  expect(asked).toEqual([1, 2, 3]);
});
