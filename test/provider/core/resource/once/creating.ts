import { vi } from "vitest";
import { ApiError, ConnectionError } from "../../../../../provider/core/errors";
import type { Creation } from "../../../../../provider/core/resource/creation";
import type { Leftover } from "../../../../../provider/core/resource/leftover";
import { createOnce } from "../../../../../provider/core/resource/once/create";
import { Machine } from "../../../../support/creations";
import { VirtualClock } from "../../../../support/virtualClock";

/** What a request ends with whose answer is lost. */
export const lost = new ConnectionError("POST /x/: no answer: reset", true);
/** An answer that is an error. */
export const api = (status: number, json = true) =>
  new ApiError({ method: "POST", path: "/x/", status, reason: "words", json });

/** The uuid of the object that a letter stands for. */
export const id = (letter: string) => `${letter.charCodeAt(0).toString(16)}`.padStart(32, "0");

/** What a look-up shows: objects that are this creation's, and after a `?` those that may be. */
export type Look = string[] | Error;

interface Script {
  /** Answers to the POST: an object, a body that cannot be used, or an error; the last one is repeated. */
  answers: unknown[];
  looks?: Look[];
  timeoutMs?: number;
  claimed?: Set<string>;
  creation?: Creation;
  left?: Leftover<string>[];
  signal?: AbortSignal;
  irrevocable?: boolean;
  /** Takes how it was asked what earlier runs have left. */
  asked?: [again: boolean, noted: string[], begun: readonly number[]][];
}

/** Creates with scripted answers; what is made is a letter. */
export function creating(script: Script) {
  const {
    answers,
    looks = [[]],
    timeoutMs = 600_000,
    claimed = new Set<string>(),
    left,
    signal,
    asked = [],
  } = script;
  const creation = script.creation ?? new Machine("fake:Thing").creation();
  const clock = new VirtualClock();
  const next = <T>(entries: T[]) => (entries.length > 1 ? entries.shift() : entries[0]) as T;
  const settle = <T>(value: T | Error): T => {
    if (value instanceof Error) throw value;
    return value;
  };
  const send = vi.fn(async () => settle(next(answers)));
  const find = vi.fn(async () => {
    const seen = settle(next(looks));
    const marked = seen.filter((one) => !one.startsWith("?"));
    return { ours: marked, maybe: seen.filter((one) => one.startsWith("?")).map((one) => one.slice(1)) };
  });
  const warnings: string[] = [];
  const removed: string[] = [];
  const ctx = { clock, timeoutMs, signal, warn: (message: string) => warnings.push(message) };
  const created = createOnce<string>(ctx, {
    what: 'snapshot "nightly"',
    creation,
    send,
    read: (body) => {
      if (typeof body !== "string") throw new Error("no object");
      return body;
    },
    find,
    describe: (candidate) => `<${candidate}>`,
    idOf: (one) => (one.length === 1 ? id(one) : one),
    claimed,
    now: () => clock.now(),
    irrevocable: script.irrevocable ?? false,
    ...(left
      ? {
          left: async (again: boolean, noted: ReadonlySet<string>, begun: readonly number[]) => {
            asked.push([again, [...noted], begun]);
            return left;
          },
        }
      : {}),
  });
  const made = clock.run(created.then(({ object }) => object));
  made.catch(() => undefined);
  const tidied = (refusal?: Error, run = async () => "done") =>
    clock.run(
      created.then(({ finish }) =>
        finish(run, async (extra) => {
          if (refusal) throw refusal;
          removed.push(extra);
        }),
      ),
    );
  return { clock, send, find, made, created, warnings, removed, tidied, creation };
}
