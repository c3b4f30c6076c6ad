import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { withoutPulumiSettings } from "./env";
import { run } from "./run";

/** The oldest engine that this package works with (its peer dependency says the same of the SDK). */
export const MINIMUM_VERSION = "3.100.0";

const ANSWER_LIMIT_MS = 20_000;

/**
 * Asks a `pulumi` binary for its version, e.g. "3.220.0".
 *
 * @throws Error if it does not answer within 20 s, answers with no version, or is older than
 *   `MINIMUM_VERSION`.
 */
export async function askVersion(pulumi: string, env: NodeJS.ProcessEnv): Promise<string> {
  // Even `pulumi version` may write into PULUMI_HOME, and that is the user's.
  const home = await mkdtemp(join(tmpdir(), "pulumi-version-"));
  try {
    const settings = { PULUMI_HOME: home, PULUMI_SKIP_UPDATE_CHECK: "true" };
    const answer = await run(pulumi, ["version"], {
      env: { ...withoutPulumiSettings(env), ...settings },
      timeoutMs: ANSWER_LIMIT_MS,
    });
    const version = /\d+\.\d+\.\d+\S*/.exec(answer)?.[0];
    if (version === undefined) throw new Error(`\`${pulumi} version\` gave no version`);
    if (!isAtLeast(version, MINIMUM_VERSION)) {
      throw new Error(`${pulumi} is version ${version}, and ${MINIMUM_VERSION} or newer is needed`);
    }
    return version;
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}

/** Whether a version is `minimum` or newer. Compares the numbers and leaves pre-release tags aside. */
export function isAtLeast(version: string, minimum: string): boolean {
  const [have, want] = [numbers(version), numbers(minimum)];
  const firstDifferent = want.findIndex((number, index) => have[index] !== number);
  if (firstDifferent === -1) return true;
  return (have[firstDifferent] ?? 0) > (want[firstDifferent] ?? 0);
}

function numbers(version: string): number[] {
  return (/\d+(\.\d+)*/.exec(version)?.[0] ?? "").split(".").map(Number);
}
