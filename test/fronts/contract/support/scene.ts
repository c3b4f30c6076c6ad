import { vi } from "vitest";
import { passingNotes } from "../../../../provider/core/resource/notes";
import type { Past } from "../../../../provider/fronts/creations";
import type { Case } from "./case";
import type { Codec, Front, Held, Resource } from "./codec";
import { DynamicCodec } from "./dynamicCodec";
import { PluginCodec } from "./pluginCodec";
import { exportOf, Stack } from "./stack";
import type { World } from "./worlds";

/** A server and processes of a front, for one test. */
export class Scene<W extends World = World> {
  readonly #codecs: Codec[] = [];
  /** What the runs on a machine know of earlier ones; the state is that of the stack that ran last. */
  #past: Past = {
    notes: passingNotes(),
    exported: async () => exportOf(this.#last ? [this.#last.exported()] : []),
  };
  #last: Stack | undefined;
  /** Where there is no engine, its log is standard error. */
  readonly #log = vi.spyOn(console, "error").mockImplementation(() => undefined);

  private constructor(
    readonly kind: Case<W>,
    readonly world: W,
    readonly front: Front,
  ) {}

  static async open<W extends World>(kind: Case<W>, front: Front): Promise<Scene<W>> {
    return new Scene(kind, await kind.open(), front);
  }

  /** The usual arguments, changed. */
  args(change: Record<string, unknown> = {}): Record<string, unknown> {
    const changed = Object.entries({ ...this.kind.args(this.world), ...change });
    return Object.fromEntries(changed.filter(([, value]) => value !== undefined));
  }

  /** The usual arguments without those that only the state knows. */
  visible(change: Record<string, unknown> = {}): Record<string, unknown> {
    return this.args({ ...Object.fromEntries(this.kind.locals.map((name) => [name, undefined])), ...change });
  }

  /** How many objects were made. */
  created(): number {
    return this.world.writes().filter((line) => this.kind.creates.test(line)).length;
  }

  /** A run of Pulumi: a process of the front with its own memory, and what the stack held before. */
  async run(held?: Held, options: Omit<Resource, "type"> = {}, front = this.front): Promise<Stack> {
    const codec = await this.codec(front);
    this.#last = new Stack(codec, { type: this.kind.type, ...options }, held, this.#last?.begun);
    return this.#last;
  }

  /** The run after one that failed. */
  async resume({ held, reasons }: Stack): Promise<Stack> {
    const stack = await this.run(held);
    stack.reasons = reasons;
    return stack;
  }

  /** A stack that holds the usual object, or one of these arguments. */
  async made(args = this.args()): Promise<Stack> {
    const stack = await this.run();
    await stack.up(args);
    return this.run(stack.held);
  }

  /** From now on runs come from another machine, which has no notes of those before. */
  moveToAnotherMachine(): void {
    this.#past = { ...this.#past, notes: passingNotes() };
  }

  /** A process of a front. */
  async codec<F extends Front>(front: F): Promise<F extends "plugin" ? PluginCodec : DynamicCodec> {
    const { settings, clock } = this.world;
    const past = this.#past;
    const codec =
      front === "plugin"
        ? await PluginCodec.start(settings, clock, past)
        : new DynamicCodec(settings, clock, undefined, past);
    this.#codecs.push(codec);
    return codec as F extends "plugin" ? PluginCodec : DynamicCodec;
  }

  /** What users were warned of. */
  get warnings(): string[] {
    return this.#log.mock.calls.map(([line]) => String(line));
  }

  async close(): Promise<void> {
    this.#log.mockRestore();
    await Promise.all(this.#codecs.map((codec) => codec.close()));
    await this.world.close();
  }
}
