import { describe, expect, it } from "vitest";
import { readEnd, sameEnd, timestampField, wireTimestamp } from "../../../../provider/core/retention";
import { timestampOf } from "../../../../provider/core/values";

describe("an instant that is declared", () => {
  it.each([
    ["2027-01-31", "2027-01-31T00:00:00Z"],
    ["  2027-01-31 ", "2027-01-31T00:00:00Z"],
    ["2027-01-31T12:30:00Z", "2027-01-31T12:30:00Z"],
    ["2027-01-31t12:30:00z", "2027-01-31T12:30:00Z"],
    ["2027-01-31T12:30:00+02", "2027-01-31T12:30:00+02"],
    [" 2027-01-31 12:30+02:00 ", "2027-01-31 12:30+02:00"],
    ["2027-01-31T12:30:00.5-0330", "2027-01-31T12:30:00.5-0330"],
    ["2027-01-31T12:30:00.123456789Z", "2027-01-31T12:30:00.123456Z"],
  ])("as %j goes to the server as %j", (declared, sent) => {
    expect(timestampField.safeParse(declared).success).toBe(true);
    expect(wireTimestamp(declared)).toBe(sent);
    expect(timestampOf(sent)).toBe(timestampOf(declared));
  });

  it.each([
    "",
    "soon",
    "2027-01-31T12:30:00",
    "2027-02-31",
    "2027-01-31T24:00:00Z",
    "2027-01-31T12:30:00 CET",
  ])("may not be %j", (declared) => {
    expect(timestampField.safeParse(declared).error?.issues[0]?.message).toContain(
      "expected an instant with its zone",
    );
  });

  it("that is none stays none", () => {
    expect(wireTimestamp(null)).toBeNull();
    expect(wireTimestamp(undefined)).toBeUndefined();
  });
});

describe("an end that is there", () => {
  it.each([undefined, null, "", "  "])("is none where it is %j", (value) =>
    expect(readEnd(value)).toBe("none"),
  );

  it.each(["soon", "2027-02-31", 0, 1_801_483_800, true, {}, []])("is unreadable where it is %j", (value) => {
    expect(readEnd(value)).toBe("unreadable");
  });
});

describe("comparing instants", () => {
  const same = sameEnd;

  it("goes by what they mean", () => {
    expect(same("2027-01-31T00:00:00Z", "2027-01-31")).toBe(true);
    expect(same("2027-01-31T00:00:00Z", "2027-01-31T01:00:00+01:00")).toBe(true);
    expect(same("2027-01-31T00:00:00Z", "2027-01-31T00:00:01Z")).toBe(false);
  });

  it("takes none for no end", () => {
    expect(same(undefined, null)).toBe(true);
    expect(same("2027-01-31T00:00:00Z", null)).toBe(false);
    expect(same(undefined, "2027-01-31")).toBe(false);
  });
});
