/** What passed and what failed. */
export interface Tally {
  passed: number;
  failed: number;
}

/** The parts of vitest's JSON report that are counted. */
export interface Report {
  testResults: {
    name: string;
    status: string;
    assertionResults: { status: string }[];
  }[];
}

/**
 * Counts a run of vitest. A file that could not be run counts as one failure, and so does a run that failed for
 * a reason of which no test knows, or that left no report.
 *
 * @param code vitest's exit code
 */
export function tallyOf(report: Report | undefined, code: number): Tally {
  const files = report?.testResults ?? [];
  const statuses = files.flatMap(({ assertionResults }) => assertionResults.map(({ status }) => status));
  const passed = statuses.filter((status) => status === "passed").length;
  const tests = statuses.filter((status) => status === "failed").length;
  const broken = files.filter(
    ({ status, assertionResults }) =>
      status === "failed" && !assertionResults.some((test) => test.status === "failed"),
  ).length;
  const failed = tests + broken;
  return { passed, failed: failed === 0 && (code !== 0 || report === undefined) ? 1 : failed };
}

/** The sum of several. */
export function sum(tallies: readonly Tally[]): Tally {
  return tallies.reduce(
    (all, { passed, failed }) => ({ passed: all.passed + passed, failed: all.failed + failed }),
    { passed: 0, failed: 0 },
  );
}
