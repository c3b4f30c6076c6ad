import { setTimeout } from "node:timers/promises";

/** Longest time that anything of the real service may take, in milliseconds. */
export const patience = 240_000;

/**
 * Asks again and again until there is an answer.
 *
 * @param what for the error, e.g. "the snapshot is available"
 * @throws Error when there is none for four minutes
 */
export async function until<T>(what: string, ask: () => Promise<T | undefined>): Promise<T> {
  const end = Date.now() + patience;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (Date.now() > end) throw new Error(`still not so after ${patience / 1000} s: ${what}`);
    await setTimeout(100);
  }
}
