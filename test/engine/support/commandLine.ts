import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import type { Surroundings } from "./standing/pool";

/**
 * Any command of `pulumi`, without waiting in a way that would stop a server in this process.
 *
 * @returns what it printed, without and with its messages, and the error with which it ended
 */
export function runPulumi(
  place: Surroundings,
  args: readonly string[],
): Promise<{ out: string; text: string; error: Error | null }> {
  const options = { ...place, maxBuffer: 64 << 20 };
  return new Promise((resolve) => {
    execFile("pulumi", [...args, "--non-interactive"], options, (error, out, err) => {
      resolve({ out, text: out + err, error });
    });
  });
}

/**
 * A command of `pulumi` that something happens to, in processes of its own.
 *
 * @param when asked again and again; it happens once this is true
 * @param happen given the leader of the group of the command's processes
 * @returns what the engine printed
 */
export async function runBroken(
  place: Surroundings,
  command: "up" | "destroy",
  when: () => boolean,
  happen: (group: number) => void,
): Promise<string> {
  const args = [command, "--yes", "--skip-preview", "--non-interactive", "--stack", "test"];
  const child = spawn("pulumi", args, { ...place, detached: true });
  let text = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (more) => (text += more));
  const poll = setInterval(() => {
    if (!when() || child.pid === undefined) return;
    clearInterval(poll);
    happen(child.pid);
  }, 5);
  // What the engine has started may live on, and hold its output open.
  await once(child, "exit");
  clearInterval(poll);
  return text;
}
