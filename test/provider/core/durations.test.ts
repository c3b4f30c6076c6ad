import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseDuration } from "../../../provider/core/durations";
import { UserError } from "../../../provider/core/errors";

describe("a duration", () => {
  it.each([
    ["30m", 1_800_000],
    ["1h30m", 5_400_000],
    ["1.5h", 5_400_000],
    ["1.25h", 4_500_000],
    ["90s", 90_000],
    ["500ms", 500],
    ["1h2m3s4ms", 3_723_004],
    [" 10s ", 10_000],
    ["0s", 0],
  ])("%s is %i ms", (text, ms) => expect(parseDuration("customTimeouts.create", text)).toBe(ms));

  it.each(["", "30", "m", "-5m", "5 m", "1h 30m", "1d", "30min", "PT30M", "1h30", "h1", "1..5h", "NaNs"])(
    "%j is refused with what would be right",
    (text) => {
      expect(() => parseDuration("customTimeouts.create", text)).toThrow(UserError);
      expect(() => parseDuration("customTimeouts.create", text)).toThrow(
        `customTimeouts.create: "${text}" is not a duration; expected e.g. "30m" or "1h30m"`,
      );
      expect(() => parseDuration("customTimeouts.create", text)).toThrow(
        expect.objectContaining({ property: "customTimeouts.create" }),
      );
    },
  );

  it("is the sum of its parts", () => {
    const part = fc.nat(10_000);
    fc.assert(
      fc.property(part, part, part, part, (h, m, s, ms) => {
        const sum = ((h * 60 + m) * 60 + s) * 1000 + ms;
        expect(parseDuration("x", `${h}h${m}m${s}s${ms}ms`)).toBe(sum);
      }),
    );
  });
});
