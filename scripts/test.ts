// Everything that has to hold: `npm test`. Options after `--` go to vitest, e.g. `npm test -- test/provider`. With
// `--quick`, as in `npm run test:quick`, only the tests that need neither an engine nor a Cinder.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ensurePackages } from "../test/cinder/service/packages";
import { PythonUnavailableError } from "../test/cinder/service/python";
import { endWhenAbandoned } from "./abandoned";
import { ensureEngine } from "./engine";
import { InterruptedError, interruptible } from "./engine/interrupt";
import { type Report, sum, type Tally, tallyOf } from "./testing/tally";
import { build, checkTypes, root, tool } from "./tools";

interface Step {
  name: string;
  /** @throws an error where it could not be done at all, which counts as one failure */
  run(signal: AbortSignal): Promise<Tally | boolean>;
}

/** Whether there is an engine for the tests that need one. */
let engineReady = false;
/** Whether there is a Cinder for the tests that run against a real one. */
let cinderReady = false;

const quick = process.argv.includes("--quick");

const tests: Step = { name: "Tests", run: vitest };
// The examples are checked against the built package, and the engine's tests run it: it is built first.
const all: Step[] = [
  { name: "Build", run: async (signal) => (await build(signal)) === 0 },
  { name: "Format and lint", run: async (signal) => (await tool("biome", ["check"], { signal })).code === 0 },
  { name: "Unused code", run: async (signal) => (await tool("knip", [], { signal })).code === 0 },
  { name: "Types", run: async (signal) => (await checkTypes(signal)) === 0 },
  { name: "Generated files", run: generated },
  { name: "Pulumi engine", run: engine },
  { name: "Real Cinder", run: cinder },
  tests,
];
const steps = quick ? [tests] : all;

/** Whether the generated files are what the provider's schemas come to. */
async function generated(): Promise<boolean> {
  const { staleFiles } = await import("./generate/files.js");
  const stale = staleFiles();
  for (const path of stale) console.log(`${path} is not fresh: run \`npm run generate\``);
  return stale.length === 0;
}

async function engine(): Promise<boolean> {
  await ensureEngine({ log: console.log });
  engineReady = true;
  return true;
}

/** Gets what the real Cinder consists of; the tests start it themselves. Without Python they are left out. */
async function cinder(): Promise<boolean> {
  try {
    const { folder } = await ensurePackages(console.log);
    console.log(`Cinder and Keystone are in ${folder}`);
    cinderReady = true;
    return true;
  } catch (error) {
    if (!(error instanceof PythonUnavailableError)) throw error;
    console.log(`\n!!! ${error.message}`);
    console.log("!!! THE TESTS AGAINST THE REAL CINDER ARE LEFT OUT.\n");
    // Where a change is judged nothing may be left out without anybody noticing.
    return process.env.CI !== "true";
  }
}

async function vitest(signal: AbortSignal): Promise<Tally> {
  const folder = mkdtempSync(join(tmpdir(), "openstack-snapshots-test-"));
  const file = join(folder, "report.json");
  try {
    const counts = join(root, "scripts", "testing", "projectsReporter.mts");
    const reporters = ["default", "json", counts].map((reporter) => `--reporter=${reporter}`);
    reporters.push(`--outputFile.json=${file}`);
    // Without what they need tests cannot begin, and would keep the others from running. What is wanted is named: vitest
    // runs a project that any of several patterns fits.
    const projects = [
      "unit*",
      ...(engineReady ? ["engine*"] : []),
      ...(cinderReady ? ["cinder"] : []),
      ...(cinderReady && engineReady ? ["cinder,*"] : []),
    ].map((name) => `--project=${name}`);
    const options = process.argv.slice(2).filter((option) => option !== "--quick");
    const { code } = await tool("vitest", ["run", ...reporters, ...projects, ...options], {
      signal,
      // What is left when it has gone is ended by the reaper of the tests.
      patience: [1500, 1000],
    });
    return tallyOf(read(file), code);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function read(file: string): Report | undefined {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as Report;
  } catch {
    return undefined;
  }
}

async function take({ name, run }: Step, signal: AbortSignal): Promise<Tally> {
  const start = Date.now();
  console.log(`\n== ${name}`);
  let tally: Tally;
  try {
    const result = await run(signal);
    tally = typeof result === "boolean" ? { passed: Number(result), failed: Number(!result) } : result;
  } catch (error) {
    signal.throwIfAborted();
    console.log(error instanceof Error ? error.message : String(error));
    tally = { passed: 0, failed: 1 };
  }
  const seconds = ((Date.now() - start) / 1000).toFixed(1);
  console.log(`== ${name}: ${tally.failed === 0 ? "passed" : "FAILED"}, ${seconds} s`);
  return tally;
}

async function main(signal: AbortSignal): Promise<void> {
  const tallies: Tally[] = [];
  for (const step of steps) tallies.push(await take(step, signal));
  const names = steps.filter((_, index) => tallies[index]?.failed).map(({ name }) => name);
  const { passed, failed } = sum(tallies);
  console.log(names.length > 0 ? `\nFailed: ${names.join(", ")}` : "");
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed === 0 ? 0 : 1;
}

endWhenAbandoned();
interruptible(main).catch((error: unknown) => {
  if (!(error instanceof InterruptedError)) console.error(error);
  process.exitCode = 1;
});
