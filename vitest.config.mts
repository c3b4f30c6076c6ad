import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { asWithUsers, type Front, leftOut } from "./test/engine/fronts.mjs";

/** Has Node load late what Pulumi's SDK loads at once and hardly ever needs. */
const execArgv = ["--require", fileURLToPath(new URL("test/support/lateModules.cjs", import.meta.url))];

/** The same for files with runs of the engine; each run has connections of its own. */
const ofEngines = [
  "--require",
  fileURLToPath(new URL("test/support/ownConnections.cjs", import.meta.url)),
  ...execArgv,
];

/** Ends what the tests have started with the run, whatever way it ends. */
const reaper = "test/support/reaper/setup.ts";

/** Tests whose files need a process of their own: Pulumi's policy server and undici's timer exist once in each. */
const alone = ["test/policy/pack.test.ts", "test/provider/core/http/transport.silence.test.ts"];

/** Tests that need no engine. They keep a core busy each, and more workers than cores only load more modules. */
const unit = (name: string, others: Record<string, unknown>) => ({
  test: {
    name,
    testTimeout: 60_000,
    execArgv,
    globalSetup: [reaper],
    maxWorkers: availableParallelism(),
    sequence: { groupOrder: 1 },
    ...others,
  },
});

/** What goes on the engine mostly waits for the server: three times as many workers as there are cores. */
const waiting = { maxWorkers: 3 * availableParallelism(), sequence: { groupOrder: 0 } };

/** The scenarios on the real engine, through one of the two fronts. */
const engine = (front: Front) => ({
  test: {
    name: `engine, ${front} front`,
    ...waiting,
    include: ["test/engine/**/*.test.ts"],
    exclude: leftOut(front),
    execArgv: ofEngines,
    // Files that one worker runs share the modules that they load.
    isolate: false,
    globalSetup: [reaper, "test/engine/support/setup.ts"],
    provide: { front, asWithUsers },
    // A run of the engine takes seconds on a machine of its own, and several times as long beside others.
    testTimeout: 300_000,
    hookTimeout: 120_000,
  },
});

/** What runs against the real Cinder; it needs Python. */
const cinder = (name: string, others: Record<string, unknown>) => ({
  test: {
    name,
    ...waiting,
    // An own Cinder of a file takes its time to start, and the service shares the machine with everything else.
    testTimeout: 600_000,
    hookTimeout: 300_000,
    execArgv,
    isolate: false,
    ...others,
  },
});

/** Scenarios on the real engine against the real Cinder, through one of the two fronts. */
const cinderScenarios = (front: Front) =>
  cinder(`cinder, ${front} front`, {
    include: ["test/cinder/scenarios/**/*.test.ts"],
    exclude: leftOut(front),
    execArgv: ofEngines,
    globalSetup: [reaper, "test/engine/support/setup.ts", "test/cinder/service/setup.ts"],
    provide: { front, asWithUsers },
  });

export default defineConfig({
  test: {
    // What was transformed once is kept for the next run.
    experimental: { fsModuleCache: true },
    projects: [
      unit("unit", {
        include: ["test/**/*.test.ts"],
        exclude: ["test/engine/**", "test/cinder/**", ...alone],
        // Files that one worker runs share the modules that they load.
        isolate: false,
      }),
      unit("unit, alone", { include: alone }),
      engine("dynamic"),
      engine("plugin"),
      cinder("cinder", {
        include: ["test/cinder/openstacksdk/*.test.ts", "test/cinder/api/*.test.ts"],
        globalSetup: [reaper, "test/cinder/service/setup.ts"],
      }),
      cinderScenarios("dynamic"),
      cinderScenarios("plugin"),
    ],
  },
});
