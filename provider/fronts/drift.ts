import type { Change, Lifecycle, Properties } from "../core/resource/lifecycle";

/**
 * What others have changed on the server since the state was written, of what was read in this run: arguments with one
 * value. Of maps and lists a part may be others', so what differs there is for the lifecycle to tell.
 */
export class Drift {
  readonly #found = new Map<string, Change[]>();

  /**
   * Notes what differs between the state and what was just read.
   *
   * @param state the outputs of before
   * @param found the outputs now
   */
  note(urn: string, { inputs }: Lifecycle, state: Properties, found: Properties): void {
    const changed = Object.keys(inputs.shape).filter(
      (name) => isPlain(state[name]) && isPlain(found[name]) && state[name] !== found[name],
    );
    this.#found.set(
      urn,
      changed.map((property) => ({ property, kind: "update" })),
    );
  }

  /** Changes, with the noted ones that are not among them. */
  besides(urn: string, changes: readonly Change[]): Change[] {
    const more = (this.#found.get(urn) ?? []).filter(
      ({ property }) => !changes.some((change) => change.property === property),
    );
    return [...changes, ...more];
  }
}

function isPlain(value: unknown): boolean {
  return ["string", "number", "boolean"].includes(typeof value);
}
