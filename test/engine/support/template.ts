import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { type Engine, isolatedEnv } from "../../../scripts/engine";

/** A stack without resources that Pulumi has made, as data: scenarios begin with a copy of it. */
export interface Template {
  /** Folder of the file back end, `state`, for {@link isolatedEnv}. */
  state: string;
  /** The line of `Pulumi.test.yaml` with the salt of its passphrase. */
  salt: string;
}

/** The name of the project that scenarios are of. */
export const project = "scenario";

/**
 * Has Pulumi make a stack, once for all scenarios: for each anew it would take a second.
 *
 * @returns the stack, and what removes it
 */
export async function makeTemplate(engine: Engine): Promise<{ template: Template; remove(): void }> {
  const folder = mkdtempSync(join(tmpdir(), "openstack-snapshots-template-"));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  try {
    const program = join(folder, "program");
    mkdirSync(program);
    writeFileSync(join(program, "Pulumi.yaml"), `name: ${project}\nruntime: nodejs\n`);
    const env = isolatedEnv(engine, folder);
    await promisify(execFile)(engine.pulumi, ["stack", "init", "test", "--non-interactive"], {
      cwd: program,
      env,
    });
    const settings = readFileSync(join(program, "Pulumi.test.yaml"), "utf8");
    const [salt] = /^encryptionsalt: .+$/m.exec(settings) ?? [];
    if (salt === undefined) throw new Error(`Pulumi left no salt in its settings:\n${settings}`);
    return { template: { state: join(folder, "state"), salt }, remove };
  } catch (error) {
    remove();
    throw error;
  }
}
