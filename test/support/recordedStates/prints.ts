import { createHash } from "node:crypto";

/**
 * The print of an argument as version 0.1.0 writes it into `__applied` and `forPolicies`: the states of users hold it,
 * so no later version may come to another one. Written down here once more, so that a change of it is seen.
 */
export function printOf(value: unknown): string {
  return createHash("sha256").update(sorted(value)).digest("hex").slice(0, 16);
}

function sorted(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(sorted).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const keys = Object.keys(value).sort((one, other) => (one < other ? -1 : 1));
  const held = value as Record<string, unknown>;
  return `{${keys.map((key) => `${JSON.stringify(key)}:${sorted(held[key])}`).join(",")}}`;
}

/** Pulumi's mark of a secret. */
export const secretMark = "4dabf18193072939515e22adb298388d";

/** A value with what its secrets hold instead of the secrets. @param value as `--show-secrets` exports it */
export function plainly(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plainly);
  if (typeof value !== "object" || value === null) return value;
  if (secretMark in value && "plaintext" in value) return plainly(JSON.parse(String(value.plaintext)));
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plainly(inner)]));
}

/**
 * What version 0.1.0 noted with arguments for policies, as it is noted today: without the print of all arguments, and
 * with the time of the last change as that of the retention.
 */
export function notedToday(noted: unknown): Record<string, unknown> {
  const { declared: _print, changedAt, ...others } = noted as Record<string, unknown>;
  return { ...others, ...(changedAt === undefined ? {} : { retentionAt: changedAt }) };
}

/** The arguments of which `forPolicies` holds the print: not those that a front adds. */
export function declaredOf(inputs: Record<string, unknown>): Record<string, unknown> {
  const own = Object.entries(inputs).filter(([key]) => key !== "forPolicies" && !key.startsWith("__"));
  return Object.fromEntries(own);
}
