import { expect, it } from "vitest";
import { retryAfter } from "../../../../provider/core/http/headers";

it.each([
  [undefined, undefined],
  ["7", 7000],
  [" 7 ", 7000],
  ["0", 0],
  ["Sat, 21 Nov 2026 08:00:07 GMT", 7000],
  ["21 Nov 2026 08:00:07 GMT", 7000],
  ["Sat, 21 Nov 2026 08:00:07 +0000", 7000],
  ["Sat, 21 Nov 2026 07:59:59 GMT", 0],
  ["soon", undefined],
])("Retry-After: %j means %j ms", (value, ms) => {
  expect(retryAfter(value, Date.UTC(2026, 10, 21, 8))).toBe(ms);
});
