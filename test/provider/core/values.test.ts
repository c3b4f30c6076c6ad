import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  canonical,
  defined,
  fingerprint,
  hasUnknown,
  sameInstant,
  sameJson,
  timestampOf,
  unknownValue,
  uuidIn,
} from "../../../provider/core/values";

const uuids = fc.stringMatching(/^[0-9a-f]{32}$/);
const dashed = (uuid: string) => uuid.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");

describe("uuidIn", () => {
  it("finds the same uuid in every spelling of a reference", () => {
    const spellings = fc.constantFrom<(uuid: string) => string>(
      (uuid) => uuid,
      dashed,
      (uuid) => `https://portal.example.com/api/openstack-volumes/${uuid}/`,
      (uuid) => `https://portal.example.com/api/openstack-volumes/${dashed(uuid)}`,
      (uuid) => `/api/openstack-volumes/${uuid}//`,
    );
    fc.assert(
      fc.property(uuids, spellings, fc.boolean(), (uuid, spell, upper) => {
        expect(uuidIn(upper ? spell(uuid.toUpperCase()) : spell(uuid))).toBe(uuid);
      }),
    );
  });

  it("finds none in anything else", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        fc.pre(!/[0-9a-fA-F-]{32}/.test(text));
        expect(uuidIn(text)).toBeUndefined();
      }),
    );
    const uuid = "62a4ac5f2c83421a88d607c27a96f162";
    for (const not of [undefined, null, "", `${uuid}0`, uuid.slice(1), `/${uuid}/snapshot/`, `${uuid}?a=1`]) {
      expect(uuidIn(not)).toBeUndefined();
    }
  });
});

describe("timestampOf", () => {
  const noon = Date.UTC(2027, 0, 31, 12, 30);

  // Contract, "kept_until accepted".
  it.each([
    ["2027-01-31T12:30:00Z", noon],
    ["2027-01-31T12:30:00z", noon],
    ["2027-01-31T14:30:00+02:00", noon],
    ["2027-01-31T18:00:00+0530", noon],
    ["2027-01-31T10:30:00-02", noon],
    ["2027-01-31T12:30:00", noon],
    ["2027-01-31 12:30:00", noon],
    ["2027-01-31 12:30:00 +00:00", noon],
    ["2027-01-31T12:30", noon],
    ["2027-01-31T12:30Z", noon],
    ["  2027-01-31T12:30Z ", noon],
    ["2027-01-31", Date.UTC(2027, 0, 31)],
    ["2027-01-31T12:30:00.5Z", noon + 500],
    ["2027-01-31T12:30:00.25Z", noon + 250],
    ["2027-01-31T12:30:00.123Z", noon + 123],
    ["2027-01-31T12:30:00.123000Z", noon + 123],
    ["2027-01-31T12:30:00.1230009Z", noon + 123],
    // Other tools write nanoseconds.
    ["2027-01-31T12:30:00.123000456Z", noon + 123],
    ["1999-12-31T23:59:59-00:01", Date.UTC(2000, 0, 1, 0, 0, 59)],
    ["2028-02-29", Date.UTC(2028, 1, 29)],
  ])("understands %s", (text, instant) => expect(timestampOf(text)).toBe(instant));

  it.each([
    "",
    "tomorrow",
    "2027-02-29",
    "2027-02-31T00:00:00Z",
    "2027-13-01",
    "2027-00-01",
    "2027-01-00",
    "2027-01-31T24:00:00Z",
    "2027-01-31T25:00:00Z",
    "2027-01-31T12:60:00Z",
    "2027-01-31T12:30:61Z",
    "2027-01-31T12:30:00.Z",
    "2027-01-31T12:30:00+2:00",
    "2027-01-31T12Z",
    "2027-01-31Z",
    "2027-1-31",
    "27-01-31",
    "1801483800",
    "2027-01-31T12:30:00Zebra",
    "since 2027-01-31",
    "12027-01-31",
  ])("refuses %j", (text) => expect(timestampOf(text)).toBeUndefined());

  const instants = fc.date({
    min: new Date("0100-01-01T00:00:00Z"),
    max: new Date("9998-12-31T00:00:00Z"),
    noInvalidDate: true,
  });
  const zones = fc.integer({ min: -14 * 60, max: 14 * 60 });
  const styles = fc.record({ colon: fc.boolean(), gap: fc.constantFrom("T", " "), digits: fc.nat(4) });

  it("gives the same instant for every spelling and zone of it", () => {
    fc.assert(
      fc.property(instants, zones, styles, (date, minutes, { colon, gap, digits }) => {
        const local = new Date(date.getTime() + minutes * 60_000)
          .toISOString()
          .slice(0, 23)
          .replace("T", gap);
        const two = (value: number) => String(Math.floor(value)).padStart(2, "0");
        const size = Math.abs(minutes);
        const zone = `${minutes < 0 ? "-" : "+"}${two(size / 60)}${colon ? ":" : ""}${two(size % 60)}`;
        const text = `${local}${"0".repeat(digits)}${zone}`;
        expect(timestampOf(text)).toBe(date.getTime());
        expect(sameInstant(text, date.toISOString())).toBe(true);
        const later = new Date(date.getTime() + 1).toISOString();
        expect(sameInstant(text, later)).toBe(false);
      }),
    );
  });

  it("tells microseconds apart, and nothing smaller", () => {
    fc.assert(
      fc.property(fc.nat(999_999), fc.nat(999_999), fc.nat(9), (one, other, tail) => {
        const at = (micros: number) => `2027-01-31T12:30:00.${String(micros).padStart(6, "0")}`;
        expect(sameInstant(`${at(one)}Z`, `${at(other)}${tail}Z`)).toBe(one === other);
      }),
    );
  });

  it("leaves texts that are no instants to be compared as texts", () => {
    expect(sameInstant("soon", "soon")).toBe(true);
    expect(sameInstant("soon", "later")).toBe(false);
    expect(sameInstant("soon", "2027-01-31")).toBe(false);
  });
});

/** The same value with the keys of every object in another order. */
function shuffled(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shuffled);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([key, inner]) => [key, shuffled(inner)]);
  return Object.fromEntries(entries.reverse());
}

const jsonValues = fc.json().map((text): unknown => JSON.parse(text));

describe("JSON values", () => {
  it("are the same whatever the order of their keys", () => {
    fc.assert(
      fc.property(jsonValues, (value) => {
        expect(sameJson(value, shuffled(value))).toBe(true);
        expect(fingerprint(value)).toBe(fingerprint(shuffled(value)));
      }),
    );
  });

  it("differ where they differ in anything", () => {
    fc.assert(
      fc.property(jsonValues, jsonValues, (one, other) => {
        let equal = true;
        try {
          // -0 travels as 0.
          expect(JSON.parse(JSON.stringify(one))).toEqual(JSON.parse(JSON.stringify(other)));
        } catch {
          equal = false;
        }
        expect(sameJson(one, other)).toBe(equal);
        expect(fingerprint(one) === fingerprint(other)).toBe(equal);
      }),
    );
  });

  it("keep the order of lists, and tell types apart", () => {
    expect(sameJson([1, 2], [2, 1])).toBe(false);
    expect(sameJson(1, "1")).toBe(false);
    expect(sameJson({ a: 1 }, [["a", 1]])).toBe(false);
    expect(sameJson({}, [])).toBe(false);
    expect(sameJson({ a: undefined, b: 1 }, { b: 1 })).toBe(true);
    expect(sameJson({ a: null }, {})).toBe(false);
    expect(sameJson(undefined, null)).toBe(true);
  });

  it("have a canonical text that is JSON of the same meaning", () => {
    fc.assert(
      fc.property(jsonValues, (value) => {
        expect(sameJson(JSON.parse(canonical(value)), value)).toBe(true);
      }),
    );
  });

  it("have a print that is short and does not give them away", () => {
    expect(fingerprint({ password: "secret" })).toMatch(/^[0-9a-f]{16}$/);
  });
});

describe("hasUnknown", () => {
  it("finds Pulumi's mark at any depth, and only that", () => {
    fc.assert(
      fc.property(jsonValues, fc.array(fc.constantFrom("list", "object")), (value, path) => {
        const wrap = (inner: unknown) =>
          path.reduce<unknown>((sum, kind) => (kind === "list" ? [1, sum] : { a: 1, b: sum }), inner);
        expect(hasUnknown(wrap(unknownValue))).toBe(true);
        expect(hasUnknown(wrap(value))).toBe(false);
      }),
    );
  });
});

describe("defined", () => {
  it("leaves out what is undefined, and nothing else", () => {
    expect(defined({ a: undefined, b: null, c: 0, d: "", e: false })).toEqual({
      b: null,
      c: 0,
      d: "",
      e: false,
    });
  });
});
