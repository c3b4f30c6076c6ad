import { readdirSync, readFileSync } from "node:fs";

/** The variable whose value says to which run of the tests a process belongs: whatever it starts inherits it. */
export const markName = "OPENSTACK_SNAPSHOTS_TEST_RUN";

/** A process of a run. */
export interface Marked {
  pid: number;
  /** The command with its arguments, separated by spaces. */
  command: string;
}

/**
 * The processes of a run that are there. Those that have ended and that nobody has waited for are not among them.
 *
 * @param mark the value of {@link markName} with which they were started
 * @returns none where the system has no `/proc`
 */
export function marked(mark: string): Marked[] {
  return numbers().flatMap((pid) => {
    try {
      const variables = readFileSync(`/proc/${pid}/environ`, "utf8").split("\0");
      if (!variables.includes(`${markName}=${mark}`)) return [];
      return [{ pid, command: readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0").join(" ") }];
    } catch {
      // It has ended in the meantime, or it is another user's.
      return [];
    }
  });
}

function numbers(): number[] {
  try {
    return readdirSync("/proc")
      .map(Number)
      .filter((pid) => Number.isInteger(pid));
  } catch {
    return [];
  }
}
