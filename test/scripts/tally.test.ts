import { describe, expect, it } from "vitest";
import { sum, tallyOf } from "../../scripts/testing/tally";

function file(status: string, ...tests: string[]) {
  return { name: "a.test.ts", status, assertionResults: tests.map((each) => ({ status: each })) };
}

describe("the count of a run of vitest", () => {
  it("is of tests, not of files; what was skipped counts nowhere", () => {
    const report = { testResults: [file("passed", "passed", "skipped"), file("failed", "passed", "failed")] };
    expect(tallyOf(report, 1)).toEqual({ passed: 2, failed: 1 });
  });

  it("has one failure for a file that could not be run", () => {
    expect(tallyOf({ testResults: [file("failed"), file("passed", "passed")] }, 1)).toEqual({
      passed: 1,
      failed: 1,
    });
  });

  it("has one failure for a file whose tests passed before something around them failed", () => {
    expect(tallyOf({ testResults: [file("failed", "passed")] }, 1)).toEqual({ passed: 1, failed: 1 });
  });

  it("has one failure for a run that failed for a reason that no test knows", () => {
    expect(tallyOf({ testResults: [file("passed", "passed")] }, 1)).toEqual({ passed: 1, failed: 1 });
  });

  it("has one failure for a run that left no report, whatever its exit code", () => {
    expect(tallyOf(undefined, 0)).toEqual({ passed: 0, failed: 1 });
    expect(tallyOf(undefined, 1)).toEqual({ passed: 0, failed: 1 });
  });

  it("is added up over all steps", () => {
    expect(
      sum([
        { passed: 1, failed: 0 },
        { passed: 20, failed: 3 },
      ]),
    ).toEqual({ passed: 21, failed: 3 });
    expect(sum([])).toEqual({ passed: 0, failed: 0 });
  });
});
