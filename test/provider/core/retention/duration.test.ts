import fc from "fast-check";
import { Settings } from "luxon";
import { afterEach, describe, expect, it } from "vitest";
import { durationField, endAfter } from "../../../../provider/core/retention";
import { instants } from "../../../support/instants";

const zone = Settings.defaultZone;
afterEach(() => {
  Settings.defaultZone = zone;
});

const iso = (start: string, duration: string) =>
  new Date(endAfter(Date.parse(start), duration)).toISOString();

describe("a duration", () => {
  it.each(["P35D", "P6M", "PT12H", "P1Y2M3W4DT5H6M7S", "P1W", "PT0.5H", " p1d ", "PT1S", "P0DT5M", "P1000Y"])(
    "may be %j",
    (text) => expect(durationField.safeParse(text).success).toBe(true),
  );

  it.each([
    "",
    "P",
    "PT",
    "P1DT",
    "P0D",
    "-P1D",
    "P-1D",
    "P1M-1D",
    "30 days",
    "35",
    "P1001Y",
    "P99999999999Y",
    "1D",
  ])("may not be %j", (text) =>
    expect(durationField.safeParse(text).error?.issues[0]?.message).toContain(
      "expected an ISO 8601 duration above zero",
    ),
  );

  it("that is none counts from nowhere", () => {
    expect(() => endAfter(0, "soon")).toThrow(new RangeError('"soon" is not a duration'));
  });

  it.each(["UTC", "Europe/Berlin", "America/St_Johns", "Australia/Lord_Howe"])(
    "counts by the calendar in UTC, whatever the clocks in %s do",
    (name) => {
      Settings.defaultZone = name;
      expect(iso("2027-03-27T12:00:00Z", "P1D")).toBe("2027-03-28T12:00:00.000Z");
      expect(iso("2027-10-30T12:00:00Z", "P2D")).toBe("2027-11-01T12:00:00.000Z");
      expect(iso("2027-03-27T12:00:00Z", "PT24H")).toBe("2027-03-28T12:00:00.000Z");
    },
  );

  it("knows leap days and short months", () => {
    expect(iso("2028-02-28T06:00:00Z", "P1D")).toBe("2028-02-29T06:00:00.000Z");
    expect(iso("2027-02-28T06:00:00Z", "P1D")).toBe("2027-03-01T06:00:00.000Z");
    expect(iso("2028-02-29T00:00:00Z", "P1Y")).toBe("2029-02-28T00:00:00.000Z");
    expect(iso("2028-01-31T00:00:00Z", "P1M")).toBe("2028-02-29T00:00:00.000Z");
    expect(iso("2100-01-31T00:00:00Z", "P1M")).toBe("2100-02-28T00:00:00.000Z");
  });

  it("ends at a whole second, never earlier than it says", () => {
    expect(iso("2027-01-01T00:00:00.001Z", "P1D")).toBe("2027-01-02T00:00:01.000Z");
  });

  it("of days, hours and minutes is just so long from any instant", () => {
    const small = fc.integer({ min: 0, max: 5000 });
    fc.assert(
      fc.property(
        instants,
        small,
        small,
        fc.integer({ min: 1, max: 5000 }),
        (start, days, hours, minutes) => {
          const length = ((days * 24 + hours) * 60 + minutes) * 60_000;
          const end = endAfter(start, `P${days}DT${hours}H${minutes}M`);
          expect(end).toBeGreaterThanOrEqual(start + length);
          expect(end).toBeLessThan(start + length + 1000);
        },
      ),
    );
  });

  it("of months ends on the same day, or on the last one of a shorter month", () => {
    fc.assert(
      fc.property(instants, fc.integer({ min: 1, max: 1200 }), (start, months) => {
        const [from, to] = [
          new Date(start),
          new Date(endAfter(Math.floor(start / 1000) * 1000, `P${months}M`)),
        ];
        const [year, month] = [from.getUTCFullYear(), from.getUTCMonth() + months];
        const last = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
        expect(to.getUTCDate()).toBe(Math.min(from.getUTCDate(), last));
        expect(to.getUTCMonth()).toBe(month % 12);
      }),
    );
  });
});
