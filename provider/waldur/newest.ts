import type { z } from "zod";
import { ConnectionError } from "../core/errors";
import type { Query } from "../core/http/query";
import { mostPages, refuseEndless } from "../core/pages";
import { timestampOf } from "../core/values";
import type { Kind, WaldurClient } from "./client";

/** A row that tells when it was made. */
type Dated = { uuid: string; createdAt?: string | undefined };

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
  const rows = new Map<unknown, z.output<T>>();
  for (let page = 1; page <= mostPages; page++) {
    const { items, last } = await client.page(kind, schema, { ...query, o: "-created", page }, signal);
    const known = rows.size;
    for (const row of items) rows.set(row.uuid, row);
    const all = [...rows.values()];
    const [newest, oldest] = [all[0], all.at(-1)].map((row) => timestampOf(row?.createdAt ?? ""));
    if (last || (newest !== undefined && oldest !== undefined && newest - oldest > maxAgeMs)) return all;
    if (rows.size === known)
      throw new ConnectionError(
        `GET ${client.path(kind)}: page ${page} shows what the pages before it have shown, and says that more follow`,
        true,
      );
  }
  return refuseEndless(client.path(kind));
}
