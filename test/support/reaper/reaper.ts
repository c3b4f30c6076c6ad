// A process beside a run of the tests. When the run has gone, by whatever way, standard input ends, and whatever the
// run has left behind is ended too, and its folder removed. usage: reaper.ts MARK FOLDER
import { rmSync } from "node:fs";
import { setTimeout } from "node:timers/promises";
import { type Marked, marked } from "./marked";

/** What ends by itself gets this long, in milliseconds. */
const grace = 300;
/** The guards of Cinder and Keystone remove their folders first; they get this long. */
const graceOfGuards = 2500;
const patience = 10_000;
/** What runs in Python, the guards among it. */
const guarded = /\/cinder\/service\/aio\/\w+\.py /;

async function reap(mark: string): Promise<void> {
  const begun = Date.now();
  await setTimeout(grace);
  // Who is being ended may just have started another, so it is over when nobody was there twice.
  for (let absent = 0; absent < 2 && Date.now() - begun < patience; ) {
    const all = marked(mark);
    absent = all.length === 0 ? absent + 1 : 0;
    const spared = Date.now() - begun < graceOfGuards ? guarded : undefined;
    for (const each of all) if (!spared?.test(each.command)) kill(each);
    await setTimeout(100);
  }
}

function kill({ pid }: Marked): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It ended by itself in the meantime.
  }
}

const [mark = "", folder = ""] = process.argv.slice(2);
process.stdin.resume().on("close", async () => {
  await reap(mark);
  rmSync(folder, { recursive: true, force: true });
  process.exit();
});
