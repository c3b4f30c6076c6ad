import { readdirSync, readFileSync } from "node:fs";

/** What a run of the engine consists of. */
export type Role = "engine" | "host" | "program" | "provider";

/** A process of a run. */
export interface RunProcess {
  pid: number;
  role: Role;
}

/** What tells them apart by their commands; the first that fits counts. */
const commands: [RegExp, Role][] = [
  [/pulumi-language-/, "host"],
  [/pulumi-resource-openstack-snapshots|pulumi-resource-pulumi-nodejs|dynamic-provider/, "provider"],
  [/@pulumi\/pulumi\/cmd\/run/, "program"],
  [/(^|\/)pulumi\0/, "engine"],
];

/** Whether the processes of a run can be told on this system. */
export const processesAreKnown = process.platform === "linux";

/**
 * The processes of the stack with this home, the engine first.
 *
 * @param home the value of `PULUMI_HOME`, which every process of a stack inherits
 */
export function processesOf(home: string): RunProcess[] {
  const found = readdirSync("/proc").flatMap((name) => {
    const pid = Number(name);
    const command = Number.isInteger(pid) ? commandOf(pid, home) : undefined;
    const [, role] = commands.find(([pattern]) => command !== undefined && pattern.test(command)) ?? [];
    return role === undefined ? [] : [{ pid, role }];
  });
  return found.sort((one, other) => rank(one) - rank(other) || one.pid - other.pid);
}

/** The command of a process, its words ended by zero bytes; `undefined` where it is not of this home. */
function commandOf(pid: number, home: string): string | undefined {
  try {
    const variables = readFileSync(`/proc/${pid}/environ`, "utf8").split("\0");
    if (!variables.includes(`PULUMI_HOME=${home}`)) return undefined;
    return readFileSync(`/proc/${pid}/cmdline`, "utf8");
  } catch {
    // It has ended in the meantime, or it is another user's.
    return undefined;
  }
}

function rank({ role }: RunProcess): number {
  return ["engine", "host", "program", "provider"].indexOf(role);
}

/** Sends a signal to a process that may have ended by itself. */
export function signal({ pid }: RunProcess, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It was quicker.
  }
}
