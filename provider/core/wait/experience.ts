import { ProgressGroup } from "./progressGroup";

/** What is known of one kind of operation on a server. */
export class Operation {
  /** The waits for it that go on now. */
  readonly group = new ProgressGroup();
  #expectedMs: number | undefined;

  /** How long it typically takes, in milliseconds; `undefined` before the first one ended. */
  get expectedMs(): number | undefined {
    return this.#expectedMs;
  }

  /** Notes one that succeeded. The newest counts for 30 %, so that a server that speeds up is soon believed. */
  learn(tookMs: number): void {
    const before = this.#expectedMs;
    this.#expectedMs = before === undefined ? tookMs : before * 0.7 + tookMs * 0.3;
  }
}

/** What is known of the operations of one server, for the life of the process. */
export class Experience {
  readonly #operations = new Map<string, Operation>();

  /** The operation of a name, e.g. `create snapshot`. */
  of(name: string): Operation {
    const operation = this.#operations.get(name) ?? new Operation();
    this.#operations.set(name, operation);
    return operation;
  }
}
