import { appliedKey } from "../resource/diff";
import { fingerprint } from "../values";
import type { Observed } from "./differences";
import type { RetentionInputs } from "./fields";
import { readEnd } from "./instants";
import type { Kept } from "./kept";

/** The end that a state knows: what the server showed last, or what it showed before it lost that. */
export function knownEnd({ keptUntil, heldUntil }: Partial<Observed>): string | undefined {
  return typeof readEnd(keptUntil) === "number" ? keptUntil : (heldUntil ?? keptUntil);
}

/**
 * What a state goes on knowing when the server shows no end that can be read, so that a refresh frees nothing.
 *
 * @param shown the end as the server shows it now
 */
export function heldEnd(shown: unknown, state: Partial<Observed>): Pick<Observed, "heldUntil"> {
  if (typeof readEnd(shown) === "number") return {};
  const known = knownEnd(state);
  return typeof readEnd(known) === "number" ? { heldUntil: known } : {};
}

/** Writing again what was declared all along, and what the server and the state have lost, shortens nothing. */
export function withRestored(kept: Kept, olds: Observed, { keptUntil }: Partial<RetentionInputs>): Kept {
  const unchanged = keptUntil !== undefined && olds[appliedKey]?.keptUntil === fingerprint(keptUntil);
  return unchanged && typeof readEnd(kept.known) !== "number" ? { ...kept, known: keptUntil } : kept;
}
