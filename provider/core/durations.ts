import { UserError } from "./errors";

const units = { h: 3_600_000, m: 60_000, s: 1000, ms: 1 };

/**
 * Reads a duration as Pulumi's `customTimeouts` writes it, e.g. `30m` or `1h30m`.
 *
 * @returns milliseconds
 * @throws UserError that says what would be right
 */
export function parseDuration(property: string, text: string): number {
  const trimmed = text.trim();
  if (!/^(\d+(\.\d+)?(ms|h|m|s))+$/.test(trimmed)) {
    throw new UserError(`"${text}" is not a duration; expected e.g. "30m" or "1h30m"`, property);
  }
  const parts = trimmed.matchAll(/([\d.]+)(ms|h|m|s)/g);
  return [...parts].reduce(
    (sum, [, amount, unit]) => sum + Number(amount) * units[unit as keyof typeof units],
    0,
  );
}
