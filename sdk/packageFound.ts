import { createRequire } from "node:module";
import { join } from "node:path";

/** What is said where the package is not found from the folder of the program. */
export const missingPackage =
  "Pulumi does not find pulumi-openstack-snapshots from the folder of the program: add it to the dependencies of the " +
  "program itself (npm install pulumi-openstack-snapshots), although a library depends on it already.";

/** What Pulumi's dynamic provider loads of the package. */
const entry = "pulumi-openstack-snapshots/dynamic";

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
