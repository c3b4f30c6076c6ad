import { z } from "zod";
import type { PropertyRule } from "../core/resource/diff";
import { dashed } from "./client";

const longest = 255;

/** An argument that names an object of Cinder's by its uuid; dashes and capitals do not matter. */
export function reference(description: string) {
  return z
    .string()
    .refine((value) => dashed(value) !== undefined, { message: "expected a uuid" })
    .describe(description);
}

/** Whether two references mean the same object. */
export function sameReference(one: unknown, other: unknown): boolean {
  const uuid = dashed(one as string | undefined);
  return uuid !== undefined ? uuid === dashed(other as string | undefined) : one === other;
}

/**
 * Where the service shows nothing any more, of an image that was withdrawn for example, the last declaration
 * counts.
 */
export const fixedReference: PropertyRule = {
  kind: "replace",
  same: (now, declared, unchanged) => (now === undefined ? unchanged : sameReference(now, declared)),
};

/** A name: at most 255 characters; `""` for none (contract, "Create"). */
export const nameField = z
  .string()
  .trim()
  .max(longest, { message: `expected at most ${longest} characters` });

/** A description: at most 255 characters; `""` for none (contract, "Create"). */
export const descriptionField = z
  .string()
  .max(longest, { message: `expected at most ${longest} characters` });

/** A size in whole GiB. */
export const sizeField = z
  .int({ message: "expected a whole number of GiB" })
  .positive({ message: "expected a size above 0 GiB" });
