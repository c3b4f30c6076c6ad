import { type Mark, markText, readMark } from "../../core/resource/mark";
import { isRecord } from "../../core/values";
import type { WaldurContext } from "../object";
import type { WireOrder } from "../wire";

/** The key in an order's attributes that says which resource placed it; the server keeps it for life. */
const markKey = "pulumi";

/** What an order's attributes hold beside what is ordered. */
export function markAttribute(mark: Mark, timeoutMs: number): Record<string, unknown> {
  return { [markKey]: { mark: markText(mark), followed: Math.ceil(timeoutMs / 1000) } };
}

/** How long the run that placed an order was going to follow it, in seconds. */
function followedBy({ attributes }: WireOrder): number | undefined {
  const { followed } = parts(attributes);
  return typeof followed === "number" ? followed : undefined;
}

/** The mark of an order; `undefined` where there is none, or one of version 0.1.0. */
export function markOf({ attributes }: WireOrder): Mark | undefined {
  return readMark(parts(attributes).mark);
}

/** Whether an order bears a mark of any version. */
export function isMarked({ attributes }: WireOrder): boolean {
  return Object.keys(parts(attributes)).length > 0;
}

/** The nonce of a mark as version 0.1.0 wrote it, which holds names. */
export interface OldMark {
  nonce: string;
  /** UUID of the user who placed the order. */
  user: string;
}

/** The mark that version 0.1.0 gave to an order for the resource of a context. */
export function oldMarkOf({ identity }: WaldurContext, { attributes }: WireOrder): OldMark | undefined {
  const { resource, user, nonce } = parts(attributes);
  const { project, stack, name, parents } = identity;
  const own = [project, stack, parents, name].filter(Boolean).join("/");
  return resource === own && typeof nonce === "string" ? { nonce, user: String(user) } : undefined;
}

/**
 * Whether something that came of an order did so when the run that placed it could not follow it any more.
 *
 * @param then when it came, by the server's clock, in ms since the epoch
 * @param placed when the order was placed, by the same clock
 */
export function cameTooLate(order: WireOrder, placed: number | undefined, then: number | undefined): boolean {
  const followed = followedBy(order);
  if (placed === undefined || then === undefined || followed === undefined) return false;
  return then > placed + followed * 1000;
}

function parts(attributes: WireOrder["attributes"]): Record<string, unknown> {
  const mark = attributes?.[markKey];
  return isRecord(mark) ? mark : {};
}
