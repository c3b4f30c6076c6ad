/** The two spellings of a Waldur server (contract "States"): the one recorded, and the newer one. */
export type Generation = "2024" | "2026";

/**
 * States of a volume or snapshot. Kept in the 2024 spelling inside the emulator and spelled out per generation
 * on the wire (contract "States").
 */
export type CoreState =
  | "Creation Scheduled"
  | "Creating"
  | "Update Scheduled"
  | "Updating"
  | "Deletion Scheduled"
  | "Deleting"
  | "OK"
  | "Erred";

/**
 * Every core state with the number by which `o=state` sorts: OK, Erred, Creating in recording 04, the others by
 * the server's own numbering.
 */
export const stateOrder: Record<CoreState, number> = {
  "Update Scheduled": 1,
  Updating: 2,
  OK: 3,
  Erred: 4,
  "Creation Scheduled": 5,
  Creating: 6,
  "Deletion Scheduled": 7,
  Deleting: 8,
};

/** All core states in the 2024 spelling. */
const coreStates = Object.keys(stateOrder) as CoreState[];

/** `Creation Scheduled` in 2024, `CREATION_SCHEDULED` in 2026. */
export function spell(state: CoreState, generation: Generation): string {
  return generation === "2024" ? state : state.toUpperCase().replaceAll(" ", "_");
}

/** The state behind a filter value, or undefined: each generation takes only its own spelling (recording 03: `ERRED` is a 400). */
export function unspell(text: string, generation: Generation): CoreState | undefined {
  return coreStates.find((state) => spell(state, generation) === text);
}
