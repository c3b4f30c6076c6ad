import { execFile } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { type Engine, isolatedEnv } from "../../../scripts/engine";

/** A stack without resources that Pulumi has made, as data: scenarios begin with a copy of it. */
export interface Template {
  /** Folder of the file back end, `state`, for {@link isolatedEnv}. */
  state: string;
  /** `Pulumi.test.yaml`: how its secrets are encrypted, and no configuration. */
  settings: string;
}

/** The name of the project that scenarios are of. */
export const project = "scenario";

/**
 * Has Pulumi make a stack, once for all scenarios: for each of them it would take a second.
 *
 * @param folder an empty one, for this alone
 * @param secretsProvider what encrypts its secrets
 */
export async function makeTemplate(
  engine: Engine,
  folder: string,
  secretsProvider: string,
): Promise<Template> {
  const program = join(folder, "program");
  mkdirSync(program);
  writeFileSync(join(program, "Pulumi.yaml"), `name: ${project}\nruntime: nodejs\n`);
  const args = ["stack", "init", "test", "--secrets-provider", secretsProvider, "--non-interactive"];
  await promisify(execFile)(engine.pulumi, args, { cwd: program, env: isolatedEnv(engine, folder) });
  return {
    state: join(folder, "state"),
    settings: readFileSync(join(program, "Pulumi.test.yaml"), "utf8"),
  };
}
