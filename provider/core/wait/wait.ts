import type { Clock } from "../clock";
import { isOutOfTime } from "../deadline";
import { ApiError, isTransient, messageOf, type StateSeen, type WaitEnd, WaitError } from "../errors";
import type { Operation } from "./experience";
import { firstSlot, slotAfter } from "./pace";

/** What an observation means. Whatever is neither the target nor a failure is `pending`. */
export interface Verdict {
  is: "pending" | "done" | "failed";
  /** The state in the server's words, for progress and history. */
  state: string;
  /** The server's reason for a failure. */
  reason?: string | undefined;
  /** What helps against it. */
  remedy?: string | undefined;
  /** How far it is, e.g. `42 %`; shown beside the state, and no part of the history. */
  detail?: string | undefined;
}

/** Where observations come from: one object by itself, or a watcher that shares them. */
export interface Observer<T> {
  /** The object now; `undefined` where an authorised request answered 404. */
  poll(signal?: AbortSignal): Promise<T | undefined>;
  /** Resolves when somebody else's request brought news of this object; polling then costs nothing. */
  news?(): Promise<void>;
}

/** What to wait for, and how long. */
export interface WaitOptions<T> {
  /** The thing in the user's words, e.g. `snapshot "nightly" (9f3c...)`. */
  what: string;
  observer: Observer<T>;
  /** Called with `undefined` for an object that is not found, once the grace is over. */
  classify: (seen: T | undefined) => Verdict;
  clock: Clock;
  timeoutMs: number;
  signal?: AbortSignal | undefined;
  /** What is known of such operations; absent: nothing is learned of it. */
  operation?: Operation | undefined;
  /** Right after a create, "not found" is taken as pending for so long. */
  notFoundGraceMs?: number;
  /** Told how far it is, e.g. `Creating, 42 s; 7 of 12 ready` where others wait for the same operation. */
  progress?: ((message: string) => void) | undefined;
}

/** What a successful wait saw last, and the states on the way. */
export interface WaitResult<T> {
  value: T | undefined;
  history: readonly StateSeen[];
}

/**
 * Polls until the thing is done, failed, gone or out of time.
 *
 * @throws WaitError with the history of states and the server's reason
 */
export async function waitFor<T>(options: WaitOptions<T>): Promise<WaitResult<T>> {
  const leave = options.operation?.group.join();
  let ready = false;
  try {
    const result = await new Wait(options).run();
    ready = true;
    return result;
  } finally {
    leave?.(ready);
  }
}

/** So many failed polls in a row are put up with. */
const transientRun = 6;

class Wait<T> {
  readonly #options: WaitOptions<T>;
  readonly #start: number;
  readonly #expectedMs: number | undefined;
  readonly #history: StateSeen[] = [];
  #errorsInARow = 0;
  #notBefore = 0;

  constructor(options: WaitOptions<T>) {
    this.#options = options;
    this.#start = options.clock.now();
    this.#expectedMs = options.operation?.expectedMs;
  }

  get #elapsed(): number {
    return this.#options.clock.now() - this.#start;
  }

  async run(): Promise<WaitResult<T>> {
    const { timeoutMs, operation } = this.#options;
    // The first poll comes in the first slot, every later one in the slot after that of the poll before.
    let slot = firstSlot;
    for (;;) {
      const jittered = slot[0] + this.#options.clock.random() * (slot[1] - slot[0]);
      await this.#sleepUntil(Math.min(timeoutMs, Math.max(jittered, this.#notBefore)));
      const last = this.#elapsed >= timeoutMs;
      const result = await this.#pollOnce(last);
      if (result) {
        operation?.learn(this.#elapsed);
        return result;
      }
      if (last) throw this.#end("timeout", `not done after ${humanDuration(timeoutMs)}`);
      // News that came before the slot cost nothing, so the poll of that slot is still to come.
      if (this.#elapsed >= slot[0]) slot = slotAfter(slot, this.#elapsed, this.#expectedMs);
    }
  }

  async #pollOnce(last: boolean): Promise<WaitResult<T> | undefined> {
    const { observer, classify, signal, notFoundGraceMs = 0, progress, operation } = this.#options;
    let seen: T | undefined;
    try {
      seen = await observer.poll(signal);
    } catch (error) {
      if (signal?.aborted) throw this.#stopped(signal);
      this.#tolerate(error, last);
      return undefined;
    }
    this.#errorsInARow = 0;
    if (seen === undefined && this.#elapsed < notFoundGraceMs) {
      this.#note("not found yet");
      return undefined;
    }
    const verdict = classify(seen);
    this.#note(verdict.state);
    if (verdict.is === "done") return { value: seen, history: this.#history };
    if (verdict.is === "failed") {
      const reason = verdict.reason || "the server gives no reason";
      const end = seen === undefined ? "gone" : "failed";
      throw this.#end(end, `${verdict.state}: ${reason}`, undefined, verdict.remedy);
    }
    const others = operation?.group.progress;
    const state = [verdict.state, verdict.detail].filter(Boolean).join(", ");
    progress?.(`${state}, ${humanDuration(this.#elapsed)}${others ? `; ${others}` : ""}`);
    return undefined;
  }

  /** A refusal ends the wait at once; a run of failures to answer does so only when it grows long. */
  #tolerate(error: unknown, last: boolean): void {
    if (!isTransient(error)) {
      if (error instanceof ApiError) throw this.#end("refused", messageOf(error), error);
      throw error;
    }
    this.#errorsInARow += 1;
    if (last || this.#errorsInARow > transientRun) {
      throw this.#end("unreachable", `could not be read: ${messageOf(error)}`, error);
    }
    const asked = error instanceof ApiError ? (error.retryAfterMs ?? 0) : 0;
    this.#notBefore = this.#elapsed + asked;
  }

  async #sleepUntil(elapsed: number): Promise<void> {
    const { clock, signal, observer } = this.#options;
    const awake = new AbortController();
    const stop = signal ? AbortSignal.any([signal, awake.signal]) : awake.signal;
    const sleep = clock.sleep(Math.max(0, elapsed - this.#elapsed), stop).catch(() => undefined);
    await (observer.news ? Promise.race([sleep, observer.news()]) : sleep);
    awake.abort();
    if (signal?.aborted) throw this.#stopped(signal);
  }

  #stopped(signal: AbortSignal): WaitError {
    if (!isOutOfTime(signal)) return this.#end("cancelled", "cancelled");
    return this.#end(
      "timeout",
      `not done after ${humanDuration(this.#elapsed)}: ${messageOf(signal.reason)}`,
    );
  }

  #note(state: string): void {
    if (this.#history.at(-1)?.state !== state) this.#history.push({ state, at: this.#options.clock.now() });
  }

  #end(end: WaitEnd, what: string, cause?: unknown, remedy?: string): WaitError {
    const states = this.#history.map((seen) => `${seen.state} at ${humanDuration(seen.at - this.#start)}`);
    const past = states.length > 0 ? ` (states seen: ${states.join(", ")})` : "";
    return new WaitError(end, `${this.#options.what}: ${what}${past}`, this.#history, cause, remedy);
  }
}

/** A duration for people: `42 s`, `7 min`, `1 h 30 min`. */
export function humanDuration(ms: number): string {
  if (ms < 120_000) return `${Math.round(ms / 1000)} s`;
  const minutes = Math.round(ms / 60_000);
  const hours = Math.floor(minutes / 60);
  if (hours === 0) return `${minutes} min`;
  return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`;
}
