import { z } from "zod";
import { uuidIn } from "../core/values";

/**
 * An argument that names an object of Waldur's: a uuid, dashed or upper case accepted, or the object's URL
 * (contract, "uuid").
 */
export function reference(description: string) {
  return z
    .string()
    .refine((value) => uuidIn(value) !== undefined, { message: "expected a uuid, or a URL that ends in one" })
    .describe(description);
}

/** A name: at most 150 characters, not blank (contract, "its fields"). */
export const nameField = z
  .string()
  .trim()
  .min(1, { message: "expected a name that is not blank" })
  .max(150, { message: "expected at most 150 characters" });

/** A description: at most 2000 characters; `""` for none. */
export const descriptionField = z.string().max(2000, { message: "expected at most 2000 characters" });

/** Whether two references mean the same object. */
export function sameReference(one: unknown, other: unknown): boolean {
  return uuidIn(one) !== undefined ? uuidIn(one) === uuidIn(other) : one === other;
}
