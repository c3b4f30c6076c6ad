/**
 * A time as Trilio writes it: microseconds, no zone (contract 4).
 * @param ms milliseconds since the epoch @param offset minutes that the server's clock is ahead of UTC
 */
export function timestamp(ms: number, offset: number, micros = 0): string {
  const second = new Date(ms + offset * 60_000).toISOString().slice(0, 19);
  return `${second}.${String(micros).padStart(6, "0")}`;
}

/** Milliseconds since the epoch of `YYYY-MM-DDTHH:MM:SS`, or undefined. @param offset as above */
export function parseTimestamp(text: string, offset: number): number | undefined {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?$/.test(text)) return undefined;
  const ms = Date.parse(`${text}Z`);
  return Number.isNaN(ms) ? undefined : ms - offset * 60_000;
}
