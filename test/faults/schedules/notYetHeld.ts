import type { Invariant } from "./runs/schedule";

/** An invariant that some kinds of faults still break. */
export interface NotYet {
  backend: "waldur" | "cinder" | "trilio";
  invariant: Invariant;
  /** The names of the kinds of faults. */
  faults: readonly string[];
}

/**
 * What is known to be broken. The tests put up with it, and fail once something that is listed here holds in every
 * schedule: then it has to be taken out.
 */
export const notYetHeld: readonly NotYet[] = [
  {
    backend: "waldur",
    invariant: "crash",
    faults: ["body []", "body null", "body {}", "empty body", "secret in the answer", "wrong types"],
  },
  { backend: "waldur", invariant: "dropped", faults: ["empty body", "lost role"] },
  {
    backend: "waldur",
    invariant: "duplicate",
    faults: [
      "408",
      "429",
      "body []",
      "body null",
      "body {}",
      "empty body",
      "interrupted",
      "killed",
      "late commit",
      "redirect",
      "secret in the answer",
      "wrong types",
    ],
  },
  { backend: "waldur", invariant: "recovery", faults: ["secret in the answer"] },
  {
    backend: "cinder",
    invariant: "crash",
    faults: [
      "body []",
      "body null",
      "body {}",
      "connection dropped after commit",
      "empty body",
      "late commit",
      "missing Date",
      "secret in the answer",
      "wrong types",
    ],
  },
  { backend: "cinder", invariant: "dropped", faults: ["empty body", "slow answer"] },
  {
    backend: "cinder",
    invariant: "duplicate",
    faults: [
      "404 of a page",
      "408",
      "HTML body",
      "body []",
      "body null",
      "body {}",
      "connection dropped after commit",
      "empty body",
      "interrupted",
      "killed",
      "late commit",
      "redirect",
      "refused connection",
      "reset in the body",
      "secret in the answer",
      "slow answer",
      "stale reads",
      "truncated body",
    ],
  },
  { backend: "trilio", invariant: "crash", faults: ["body []", "body {}", "empty body"] },
  { backend: "trilio", invariant: "duplicate", faults: ["body {}", "empty body", "killed", "redirect"] },
];
