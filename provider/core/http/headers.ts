import type { WireResponse } from "./transport";

/** The first value of a header. */
export function header(response: WireResponse, name: string): string | undefined {
  const value = response.headers[name];
  return Array.isArray(value) ? value[0] : value;
}

/**
 * What Retry-After says, which is either seconds or an HTTP date.
 *
 * @param now the server's time in ms since the epoch
 * @returns milliseconds; `undefined` where it says nothing
 */
export function retryAfter(value: string | undefined, now: number): number | undefined {
  if (value === undefined) return undefined;
  if (/^\d+$/.test(value.trim())) return Number(value) * 1000;
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
