import { ConnectionError, UserError } from "../errors";
import { timestampOf } from "../values";
import { type ObjectRef, type Reader, subject, type Witnesses } from "./adapter";

/** So long after a "not found" an object is read again: gateways and caches that lag have caught up by then. */
export const secondLookMs = 2000;

/** What is older than this is known to every replica of the server's database, however far it lags. */
export const replicatedMs = 35_000;

/**
 * Judges an object that was not found just now. It is gone only where the service itself says so twice with a pause,
 * where its list does not show it either, and where the credentials would find it if it were there. That costs
 * requests only when something is missing.
 *
 * @param read reads the object once; `undefined` where the service itself answers that there is none
 * @param pauseMs how long to wait before the second look; by default two seconds, or until an object that is new is old
 *   enough for every replica to know it
 * @returns the object, where it is there after all; `undefined` where it is certain that it is gone
 * @throws ConnectionError where the list still shows it: the server contradicts itself, so asking again may help
 * @throws UserError where these credentials cannot tell
 */
export async function lookAgain<Client, Row>(
  witnesses: Witnesses<Client>,
  ctx: Reader<Client>,
  of: ObjectRef & { what?: string },
  read: () => Promise<Row | undefined>,
  pauseMs = Math.max(secondLookMs, replicatedMs - ageOf(witnesses, ctx, of)),
): Promise<Row | undefined> {
  await ctx.clock.sleep(pauseMs, ctx.signal);
  const now = await read();
  if (now !== undefined || of.place === undefined) return now;
  const what = of.what ?? subject(of.kind, of.id).what;
  if (await witnesses.isListed(ctx, of)) {
    const reason = `${what} is not found, but the list still shows it: it is not treated as deleted`;
    throw new ConnectionError(reason, true);
  }
  const unseen = await witnesses.whyUnseen(ctx, of.place);
  if (unseen === undefined) return undefined;
  throw new UserError(
    `${what} is not found, but ${unseen}: it is not treated as deleted. Use credentials that have access to its ` +
      'project; if it is really gone, take the resource out of the state with "pulumi state delete".',
  );
}

/** How old an object is in milliseconds, by the server's clock; infinite where that is not known. */
function ageOf<Client>(
  witnesses: Witnesses<Client>,
  { client }: Reader<Client>,
  { place }: ObjectRef,
): number {
  const created = timestampOf(place?.created ?? "");
  return created === undefined
    ? Number.POSITIVE_INFINITY
    : Math.max(0, witnesses.serverNow(client) - created);
}

/** How long the second look waits at the end of a wait, which was paced by how long such things take here. */
export function pauseAfter(elapsedMs: number): number {
  return Math.min(secondLookMs, Math.max(300, elapsedMs / 4));
}
