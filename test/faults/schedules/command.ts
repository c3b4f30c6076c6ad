// Schedules of faults by hand: `npm run faults -- --seeds 10000` runs many and prints a table; `--seed N` runs one and
// prints all that happened. `--from N` begins at another seed, `--type waldur:Snapshot` takes one kind of resource.
import { parseArgs } from "node:util";
import { generate } from "./runs/generate";
import { runSchedule } from "./runs/run";
import type { Report } from "./runs/schedule";
import { broken, described, replayOf } from "./runs/show";
import { shrink } from "./runs/shrink";
import { Table } from "./runs/table";

const { values } = parseArgs({
  options: {
    seeds: { type: "string", default: "1000" },
    from: { type: "string", default: "0" },
    seed: { type: "string" },
    type: { type: "string" },
    /** So many failures are made simpler and printed. */
    show: { type: "string", default: "20" },
  },
});

async function one(seed: number): Promise<void> {
  const schedule = generate(seed);
  console.log(described(schedule));
  const report = await runSchedule(schedule);
  console.log(report.history.join("\n"));
  console.log(broken(report) || "nothing is broken");
  process.exitCode = report.violations.length > 0 ? 1 : 0;
}

async function many(from: number, count: number): Promise<void> {
  const table = new Table();
  const start = Date.now();
  let [runs, failures] = [0, 0];
  for (let seed = from; runs < count; seed++) {
    const schedule = generate(seed);
    if (values.type !== undefined && schedule.type !== values.type) continue;
    runs += 1;
    const report = await runSchedule(schedule);
    table.add(report);
    if (report.violations.length > 0 && ++failures <= Number(values.show)) await explain(report);
    if (runs % 500 === 0) console.error(`${runs} of ${count}, ${failures} failed, ${seconds(start)} s`);
  }
  console.log(String(table));
  console.log(`${runs} schedules, ${failures} failed, ${seconds(start)} s`);
  process.exitCode = failures > 0 ? 1 : 0;
}

async function explain(report: Report): Promise<void> {
  const simple = await shrink(report);
  console.log(`\n${described(simple.schedule)}\n${broken(simple)}\nreplay: ${replayOf(simple.schedule)}`);
}

function seconds(start: number): number {
  return Math.round((Date.now() - start) / 1000);
}

void (values.seed === undefined ? many(Number(values.from), Number(values.seeds)) : one(Number(values.seed)));
