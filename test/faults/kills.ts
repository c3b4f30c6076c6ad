// Kills on the real engine by hand: `npm run faults:kills -- --runs 30`; `--from N` begins at another seed. Each ends
// one process of a run, or all, with one of the three signals, at a moment of its seed's.
import { parseArgs } from "node:util";
import { interruptible } from "../../scripts/engine/interrupt";
import { build, tool } from "../../scripts/tools";

const { values } = parseArgs({
  options: { runs: { type: "string", default: "30" }, from: { type: "string", default: "0" } },
});

interruptible(async (signal) => {
  // Programs, the plugin and the dynamic provider load what is built.
  const built = await build(signal);
  if (built !== 0) return built;
  const env = { ...process.env, KILLS: values.runs, KILLS_FROM: values.from };
  const args = ["run", "--project=engine*", "--reporter=verbose", "test/engine/kills.test.ts"];
  return (await tool("vitest", args, { env, signal })).code;
}).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  },
);
