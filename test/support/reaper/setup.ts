import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { markName } from "./marked";

// Each project of vitest has a set-up, and its own copy of this module; the reaper is one for all of them.
const shared = globalThis as { [key: symbol]: boolean | undefined };
const key = Symbol.for("openstack-snapshots.reaper");

/**
 * Has everything that tests start end with this process, also where it is killed; and their temporary files be in one
 * folder, which goes with it too.
 */
export default function setup(): void {
  if (shared[key]) return;
  shared[key] = true;
  const mark = randomUUID();
  const folder = mkdtempSync(join(tmpdir(), "openstack-snapshots-tests-"));
  const loader = pathToFileURL(require.resolve("tsx")).href;
  const reaper = spawn(process.execPath, ["--import", loader, join(__dirname, "reaper.ts"), mark, folder], {
    stdio: ["pipe", "ignore", "inherit"],
    // What interrupts this process must not end it.
    detached: true,
  });
  process.env[markName] = mark;
  for (const name of ["TMPDIR", "TMP", "TEMP"]) process.env[name] = folder;
  reaper.stdin.on("error", () => undefined);
  // Neither the process nor its pipe keeps this one from ending.
  reaper.unref();
  (reaper.stdin as unknown as { unref(): void }).unref();
}
