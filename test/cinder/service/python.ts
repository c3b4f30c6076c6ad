import { execFile } from "node:child_process";
import { promisify } from "node:util";

/** A Python that can make virtual environments. */
export interface Python {
  /** The command, e.g. `python3`. */
  command: string;
  /** Its version, e.g. "3.11". */
  version: string;
}

/** There is no Python that the real Cinder could run on. The message says what each one lacks. */
export class PythonUnavailableError extends Error {
  override name = "PythonUnavailableError";
}

const candidates = ["python3", "python3.11", "python3.12", "python3.13", "python3.10"];
const versions = ["3.10", "3.11", "3.12", "3.13"];
const question = "import ensurepip, sys, venv; print('%d.%d' % sys.version_info[:2])";

/**
 * Finds a Python that Cinder runs on, the one named `python3` first.
 *
 * @throws PythonUnavailableError where there is none
 */
export async function findPython(): Promise<Python> {
  const reasons: string[] = [];
  for (const command of candidates) {
    try {
      const { stdout } = await promisify(execFile)(command, ["-c", question], { timeout: 60_000 });
      const version = stdout.trim();
      if (versions.includes(version)) return { command, version };
      reasons.push(`${command} is ${version}`);
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      if (code !== "ENOENT") reasons.push(`${command}: ${message.trim().split("\n").at(-1)}`);
    }
  }
  const found = reasons.length > 0 ? reasons.join("; ") : "there is no python3 on PATH";
  throw new PythonUnavailableError(
    `The real Cinder needs Python ${versions.join(", ")} with venv and ensurepip: ${found}`,
  );
}
