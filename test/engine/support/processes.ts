import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as delay } from "node:timers/promises";
import type { Stack } from "./stack";

/** A process that runs. */
interface RunningProcess {
  pid: number;
  /** Its command line. */
  args: string;
}

/** Whose process is killed. */
export type Victim = "provider" | "engine" | "everything";

/**
 * `pulumi up` of which processes are killed: with SIGKILL, so that none of them notes anything any more.
 *
 * @param when asked again and again; they are killed once it is true
 */
export async function killedUp(stack: Stack, victim: Victim, when: () => boolean): Promise<void> {
  const args = ["up", "--yes", "--skip-preview", "--non-interactive", "--stack", "test"];
  const engine = spawn("pulumi", args, stack.place);
  for (const stream of [engine.stdout, engine.stderr])
    stream.on("data", (more) => {
      stack.printed += more;
    });
  let others: RunningProcess[] = [];
  const poll = setInterval(() => {
    if (engine.pid === undefined || !when()) return;
    clearInterval(poll);
    others = descendants(engine.pid);
    const provider = others.filter(({ args: line }) =>
      /dynamic-provider|pulumi-resource-openstack/.test(line),
    );
    const victims = { provider, engine: [], everything: others }[victim];
    for (const { pid } of victims) kill(pid);
    if (victim !== "provider") kill(engine.pid);
  }, 5);
  await once(engine, "exit");
  clearInterval(poll);
  // Who notices that the engine has gone takes a moment.
  for (let waited = 0; waited < 5000 && others.some(isRunning); waited += 100) await delay(100);
  for (const { pid } of others) kill(pid);
  // A killed engine leaves its lock.
  if (victim !== "provider") await stack.pulumi("cancel", "--yes");
}

/** The processes that a process has started, and those that they have, as they are now. */
function descendants(pid: number): RunningProcess[] {
  const lines = execFileSync("ps", ["-eo", "pid=,ppid=,args="], { encoding: "utf8" }).split("\n");
  const all = lines.flatMap((line) => {
    const [, own, parent, args = ""] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
    return own ? [{ pid: Number(own), parent: Number(parent), args }] : [];
  });
  const of = (id: number): RunningProcess[] =>
    all.filter(({ parent }) => parent === id).flatMap((child) => [child, ...of(child.pid)]);
  return of(pid);
}

/** Ends a process at once; one that is gone is gone. */
function kill(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

function isRunning({ pid }: RunningProcess): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
