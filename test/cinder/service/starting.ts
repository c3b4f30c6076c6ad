import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import type { Guarded } from "./guarded";
import { patience } from "./until";

/**
 * Waits until a server answers.
 *
 * @throws Error with the end of its logs where it has ended, or does not answer for four minutes
 */
export async function answering(url: string, server: Guarded, logs: () => string): Promise<void> {
  const end = Date.now() + patience;
  for (;;) {
    const there = await fetch(url, { signal: AbortSignal.timeout(10_000) }).then(
      (answer) => answer.ok,
      () => false,
    );
    if (there) return;
    if (!server.alive || Date.now() > end) {
      const what = server.alive ? "does not answer" : "has ended";
      await server.stop();
      throw new Error(`${url} ${what}:\n${logs()}`);
    }
    await setTimeout(100);
  }
}

/** The ends of all logs in a folder. */
export function logs(folder: string): string {
  const files = readdirSync(folder).filter((name) => /\.(log|out)$/.test(name));
  return files.map((name) => `${name}:\n${readFileSync(join(folder, name), "utf8").slice(-3000)}`).join("\n");
}
