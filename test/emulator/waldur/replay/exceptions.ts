import type { Difference } from "./matching";

/** A difference that is known, and why it may stay. */
export interface Exception {
  /** Scenario number. */
  scenario: string;
  label: string;
  /** The start of the paths it covers; empty: the whole body. */
  path: string;
  reason: string;
}

/** Every difference between recordings and emulator that the replay lets pass. */
export const exceptions: Exception[] = [
  {
    scenario: "02",
    label: "Accept html",
    path: "",
    reason: "the page for browsers: only that it is HTML with status 200 is emulated",
  },
  {
    scenario: "02",
    label: "format=api",
    path: "",
    reason: "the page for browsers: only that it is HTML with status 200 is emulated",
  },
  {
    scenario: "10",
    label: "delete without backend_id (changed)",
    path: ".error_message",
    reason:
      "every other recorded deletion of an Erred snapshot empties error_message; this row the recorder had edited behind the server",
  },
  {
    scenario: "20",
    label: "configuration",
    path: "",
    reason: "the settings of the recorded installation; no client here reads them",
  },
];

/** The differences that no exception covers, and the exceptions that were needed. */
export function withoutExceptions(
  scenario: string,
  label: string,
  differences: Difference[],
): { left: Difference[]; used: Exception[] } {
  const used = new Set<Exception>();
  const left = differences.filter(({ path }) => {
    const covering = exceptions.find(
      (entry) =>
        entry.scenario === scenario && entry.label === label && isBody(path) && path.startsWith(entry.path),
    );
    if (covering !== undefined) used.add(covering);
    return covering === undefined;
  });
  return { left, used: [...used] };
}

function isBody(path: string): boolean {
  return path !== "status" && !path.startsWith("header ");
}
