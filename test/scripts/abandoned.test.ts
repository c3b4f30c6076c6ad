import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";
import { expect, it } from "vitest";

const abandoned = pathToFileURL(join(__dirname, "..", "..", "scripts", "abandoned.ts")).href;
/** What ends in order when it is terminated. It says so to the test, which holds the other end of its output. */
const program = `
  import(${JSON.stringify(abandoned)}).then(({ default: { endWhenAbandoned } }) => {
    endWhenAbandoned();
    process.on("SIGTERM", () => { console.log("ends"); process.exit(); });
    setInterval(() => {}, 1000);
    console.log("runs");
  });
`;
/** Starts it as npm starts its commands: the shell between them outlives npm. */
const starter = `
  const { spawn } = require("node:child_process");
  const line = '"$0" --import tsx -e "$1"; exit $?';
  spawn("sh", ["-c", line, process.execPath, ${JSON.stringify(program)}], { stdio: "inherit" });
`;

it.runIf(existsSync("/proc"))("a command ends in order once npm has gone without a word", async () => {
  const npm = spawn(process.execPath, ["-e", starter], { stdio: ["ignore", "pipe", "inherit"] });
  const said: string[] = [];
  const lines = createInterface({ input: npm.stdout }).on("line", (line) => said.push(line));
  await expect.poll(() => said, { timeout: 20_000 }).toEqual(["runs"]);
  npm.kill("SIGKILL");
  await once(lines, "close");
  expect(said).toEqual(["runs", "ends"]);
});
