import { createRequire } from "node:module";
import { join } from "node:path";
import { entry, missingPackage } from "../provider/fronts/dynamic/provider";

/**
 * What is missing where Pulumi's dynamic provider would not find the package: it looks for it from the folder of the
 * program, and where only a library depends on the package, package managers such as pnpm do not put it there.
 *
 * A process that the engine has not started (a program of the Automation API, a unit test) has another folder, so there
 * it counts as found.
 *
 * @returns the message; `undefined` where it is there
 */
export function missingFromProgram(
  env: NodeJS.ProcessEnv = process.env,
  cwd = process.cwd(),
): string | undefined {
  if (env.PULUMI_NODEJS_MONITOR === undefined) return undefined;
  try {
    createRequire(join(cwd, "index.js")).resolve(entry);
    return undefined;
  } catch {
    return missingPackage;
  }
}
