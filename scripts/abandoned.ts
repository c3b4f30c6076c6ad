import { readFileSync } from "node:fs";

/**
 * Has this process end as if it had been terminated once nobody is there any more who wanted it: npm has gone without
 * passing a signal on, or the reader of the output has. What ends in that way tidies up first.
 */
export function endWhenAbandoned(): void {
  const terminate = () => process.kill(process.pid, "SIGTERM");
  const wanted = ancestors();
  const watch = setInterval(() => {
    if (ancestors().join() === wanted.join()) return;
    clearInterval(watch);
    terminate();
  }, 300);
  watch.unref();
  for (const stream of [process.stdout, process.stderr]) stream.on("error", terminate);
}

/** The parent. Between npm and its commands is a shell, which outlives npm: where the parent is one, its parent too. */
function ancestors(): number[] {
  const parent = process.ppid;
  const { command, parent: grandparent } = shown(parent) ?? {};
  return grandparent !== undefined && /^(ba|da|a)?sh$/.test(command ?? "") ? [parent, grandparent] : [parent];
}

/** What Linux shows of a process; nothing of one that is gone, and nothing on other systems. */
function shown(pid: number): { command: string; parent: number } | undefined {
  try {
    const [, command, parent] =
      /^\d+ \((.*)\) \S (\d+) /.exec(readFileSync(`/proc/${pid}/stat`, "utf8")) ?? [];
    return command === undefined ? undefined : { command, parent: Number(parent) };
  } catch {
    return undefined;
  }
}
