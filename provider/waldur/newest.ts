import type { z } from "zod";
import type { Query } from "../core/http/query";
import { timestampOf } from "../core/values";
import type { Kind, WaldurClient } from "./client";

/** A row that tells when it was made. */
type Dated = { created?: string | undefined };

/**
 * Rows of a collection, the newest first, back to those that are so much older than the newest one. Ages are taken among
 * the rows themselves: a wrong clock, here or in a header of the server's, leaves none out.
 */
export async function newestRows<T extends z.ZodType<Dated>>(
  client: WaldurClient,
  kind: Kind,
  schema: T,
  query: Query,
  maxAgeMs: number,
  signal: AbortSignal | undefined,
): Promise<z.output<T>[]> {
  const rows: z.output<T>[] = [];
  for (let page = 1; ; page++) {
    const { items, last } = await client.page(kind, schema, { ...query, o: "-created", page }, signal);
    rows.push(...items);
    const [newest, oldest] = [rows[0], rows.at(-1)].map((row) => timestampOf(row?.created ?? ""));
    if (last || (newest !== undefined && oldest !== undefined && newest - oldest > maxAgeMs)) return rows;
  }
}
