import { describe, expect, it } from "vitest";
import { checkNewRetention, checkRetention, retentionFields } from "../../../../provider/core/retention";
import { unknownValue } from "../../../../provider/core/values";
import { clocks } from "../../../support/readings";
import { someDay } from "../../../support/virtualClock";

describe("arguments that do not go together", () => {
  it.each([
    [{ keptUntil: "2027-01-01" }, []],
    [{ retainFor: "P1D" }, []],
    [
      { keptUntil: "2027-01-01", retainFor: "P1D" },
      [
        {
          property: "retainFor",
          reason: "retainFor and keptUntil say the same thing in two ways: give one of them",
        },
      ],
    ],
    [{ retentionMode: "compliance", keptUntil: "2027-01-01" }, []],
    [{ retentionMode: "compliance", retainFor: "P1D" }, []],
    [{ retentionMode: "compliance", retainFor: unknownValue }, []],
    [{ retentionMode: "governance" }, []],
    [
      { retentionMode: "compliance" },
      [
        {
          property: "retentionMode",
          reason:
            'the mode "compliance" needs keptUntil or retainFor: without an end, nothing could ever delete it',
        },
      ],
    ],
  ] as const)("%j: %j", (news, wrong) => expect(checkRetention(news)).toEqual(wrong));
});

it("an end that is past is refused with the time that counts", () => {
  expect(checkNewRetention({ keptUntil: "2026-11-20" }, clocks(someDay - 60_000, someDay))).toEqual([
    {
      property: "keptUntil",
      reason:
        '"2026-11-20" is past: it is 2026-11-21T08:00:00Z now by the clock of the service, so the new one would be ' +
        "removed at once. Give an instant in the future, or none",
    },
  ]);
  for (const keptUntil of [undefined, unknownValue, "2027-01-01"])
    expect(checkNewRetention({ keptUntil }, clocks(someDay))).toEqual([]);
});

it("of the two ways to say an end, the one that was declared is shown, and nothing that nobody can read", () => {
  const { declare } = retentionFields("kept_until").keptUntil;
  const keptUntil = "2027-01-01T00:00:00Z";
  expect(declare({ keptUntil })).toBe(keptUntil);
  expect(declare({ keptUntil, retainFor: "P1D" })).toBeUndefined();
  expect(declare({ keptUntil: "soon" })).toBeUndefined();
});
