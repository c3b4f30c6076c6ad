import type { Properties } from "../../../../provider/core/resource/lifecycle";
import type { Codec, Held, Resource } from "../../../fronts/contract/support/codec";
import { type Done, exportOf, Stack } from "../../../fronts/contract/support/stack";

/** What the engine has written down of one resource. */
export interface Kept {
  held: Held | undefined;
  reasons: string[];
  condemned: Held[];
  begun: Properties[];
}

/** What became of one resource in a run. */
export interface Outcome {
  name: string;
  done?: Done | "untouched";
  error?: Error;
}

/** The engine as far as its state goes, over several runs of which some are killed. */
export class Engine {
  readonly #stacks = new Map<string, Stack>();
  readonly #kept = new Map<string, Kept>();

  constructor(readonly type: string) {}

  /** Begins a run: what earlier ones have written down is all that it knows. */
  begin(codec: Codec, names: readonly string[], limit: number | undefined): void {
    this.#save();
    this.#stacks.clear();
    for (const name of new Set([...names, ...this.#kept.keys()])) {
      const resource: Resource = {
        type: this.type,
        name,
        ...(limit === undefined ? {} : { limits: { create: limit, update: limit, delete: limit } }),
      };
      const { held, reasons = [], condemned = [], begun = [] } = this.#kept.get(name) ?? {};
      const stack = new Stack(codec, resource, held, begun);
      stack.reasons = [...reasons];
      stack.condemned = [...condemned];
      this.#stacks.set(name, stack);
    }
  }

  /** What `pulumi stack export` prints. */
  exported(): string {
    return exportOf([...this.#stacks.values()].map((stack) => stack.exported()));
  }

  /** Records that the creations have failed whose provider was killed. */
  recordFailures(): void {
    for (const stack of this.#stacks.values()) stack.begun.length = 0;
  }

  /** What the state holds of each resource. */
  state(): ReadonlyMap<string, Kept> {
    this.#save();
    return this.#kept;
  }

  /** Brings every resource to what is declared. */
  up(declared: ReadonlyMap<string, Properties>): Promise<Outcome[]> {
    return this.#each((stack, name) => stack.up(declared.get(name) ?? {}));
  }

  refresh(): Promise<Outcome[]> {
    return this.#each(async (stack) => (stack.held === undefined ? "untouched" : stack.refresh()));
  }

  destroy(): Promise<Outcome[]> {
    return this.#each(async (stack) => {
      if (stack.held === undefined) return "untouched";
      await stack.destroy();
      return "deleted";
    });
  }

  #each(run: (stack: Stack, name: string) => Promise<Done | "untouched">): Promise<Outcome[]> {
    return Promise.all(
      [...this.#stacks].map(async ([name, stack]): Promise<Outcome> => {
        try {
          return { name, done: await run(stack, name) };
        } catch (error) {
          return { name, error: error instanceof Error ? error : new Error(String(error)) };
        }
      }),
    );
  }

  #save(): void {
    for (const [name, { held, reasons, condemned, begun }] of this.#stacks)
      this.#kept.set(name, { held, reasons: [...reasons], condemned: [...condemned], begun: [...begun] });
  }
}
