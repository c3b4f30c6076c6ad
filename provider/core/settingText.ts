import type { z } from "zod";

/**
 * A setting as the text that it is everywhere: programs give booleans and numbers too, and SDKs of other languages write
 * them as JSON or as their own language does, e.g. `True`.
 *
 * @param field its schema
 * @param value as it was given
 * @returns `undefined` where it is not set
 */
export function settingText(field: z.core.$ZodType, value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  const text = typeof value === "string" ? value : JSON.stringify(value);
  const flag = /^\s*"?(true|false)"?\s*$/i.exec(text)?.[1]?.toLowerCase();
  // A password may be called so, and is to stay as it is.
  const accepts = (candidate: string) => (field as z.ZodType).safeParse(candidate).success;
  return flag !== undefined && !accepts(text) && accepts(flag) ? flag : text;
}
