import type { Properties } from "../core/resource/lifecycle";
import { newNonce } from "../core/resource/mark";
import { isRecord } from "../core/values";

/**
 * The argument in which the engine keeps what marks a resource's object. Pulumi's display, its differences and its
 * policies leave out what begins with `__`.
 */
export const markingKey = "__mark";

/** What the engine keeps of a resource's creation. */
export interface Marking {
  /** The creation. It is in the state before the object is made, so that a later run knows it again. */
  nonce: string;
  /** How many objects of the resource have been replaced before; absent: none. */
  generation?: number;
}

/** Parts a resource's own arguments from what the engine keeps with them. */
export function withoutMarking(properties: Properties): { own: Properties; marking: Marking | undefined } {
  const { [markingKey]: marking, ...own } = properties;
  const known = isRecord(marking) && typeof marking.nonce === "string";
  return { own, marking: known ? (marking as unknown as Marking) : undefined };
}

/**
 * The marking of a resource that is new or replaces another.
 *
 * @param replaced the generation of the object that is replaced; `undefined` where there is none
 * @param seed what the nonce is made of; random by default
 */
export function newMarking(replaced: number | undefined, seed?: Uint8Array): Marking {
  const nonce = newNonce(seed);
  return replaced === undefined ? { nonce } : { nonce, generation: replaced + 1 };
}
