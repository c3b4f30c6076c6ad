import { z } from "zod";
import type { Compared } from "./diff";

/** How the arguments of a backend name its objects. */
export interface References {
  /** An argument that names an object. @param description what people read */
  reference(description: string): z.ZodString;
  /** Whether two references mean the same object. */
  sameReference(one: unknown, other: unknown): boolean;
  /** The same, for what a server may stop to show: then the last declaration counts. */
  sameWhereShown(observed: unknown, declared: unknown, compared: Compared): boolean;
}

/**
 * The references of a backend.
 *
 * @param uuidOf the uuid that a reference means, in one spelling; `undefined` for what is no reference
 * @param expected what users are told of one that is none
 */
export function references(uuidOf: (reference: unknown) => string | undefined, expected: string): References {
  const sameReference = (one: unknown, other: unknown) => {
    const uuid = uuidOf(one);
    return uuid === undefined ? one === other : uuid === uuidOf(other);
  };
  return {
    reference: (description) =>
      z
        .string()
        .refine((value) => uuidOf(value) !== undefined, { message: expected })
        .describe(description),
    sameReference,
    sameWhereShown: (observed, declared, { unchanged }) =>
      observed === undefined ? unchanged : sameReference(observed, declared),
  };
}
