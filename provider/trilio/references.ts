import { z } from "zod";
import { uuidIn } from "../core/values";

/** An argument that names an object of Trilio's. @param description what people read */
export function reference(description: string) {
  return z
    .string()
    .refine((text) => !text.includes("/") && uuidIn(text) !== undefined, {
      message: 'expected an id, e.g. "2e56d167-bad7-43c7-8ede-a613c3fe7844"',
    })
    .describe(description);
}

/** An id as Trilio writes it: with dashes, in small letters. What is no uuid is left as it is. */
export function idOf(reference: string): string {
  const plain = uuidIn(reference);
  return plain === undefined
    ? reference
    : plain.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

/** Whether two ids mean the same object. */
export function sameReference(one: unknown, other: unknown): boolean {
  return idOf(String(one ?? "")) === idOf(String(other ?? ""));
}
