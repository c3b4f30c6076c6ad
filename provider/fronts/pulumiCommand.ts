import { execFile } from "node:child_process";
import type { Surroundings } from "../core/backend";

/** So long may the command line take. */
const timeoutMs = 60_000;
/** States of thousands of resources have some tens of MiB. */
const mostBytes = 1 << 30;

/**
 * Runs Pulumi's own command line, without questions to a person.
 *
 * @param signal ends it early
 * @returns what it prints @throws Error with its own words, or that it cannot be run
 */
export function runPulumi(
  args: readonly string[],
  { env, cwd }: Pick<Surroundings, "env" | "cwd">,
  signal?: AbortSignal,
): Promise<string> {
  const options = {
    cwd,
    env: { ...env, PULUMI_SKIP_UPDATE_CHECK: "true" },
    timeout: timeoutMs,
    maxBuffer: mostBytes,
    ...(signal ? { signal } : {}),
  };
  return new Promise((done, failed) => {
    execFile("pulumi", [...args, "--non-interactive"], options, (error, out, words) => {
      if (error === null) done(out);
      else if (signal?.aborted) failed(signal.reason);
      else failed(new Error(why(error, words)));
    });
  });
}

function why(error: Error & { code?: unknown; killed?: boolean }, words: string): string {
  if (error.code === "ENOENT") return "it is not on PATH";
  if (error.killed) return `no answer within ${timeoutMs / 1000} s`;
  return words.trim().replace(/^error: /, "") || error.message;
}
