// The main job from start to end, on an emulated Waldur and with the real engine: `npm run demo`.
import { isDeepStrictEqual } from "node:util";
import { startWaldur, type WaldurEmulator } from "../emulator";
import { endWhenAbandoned } from "./abandoned";
import { type Changes, DemoStack, type Operation } from "./demo/stack";
import { type Traffic, wireTable, writesOf } from "./demo/wire";
import { ensureEngine } from "./engine";
import { InterruptedError, interruptible } from "./engine/interrupt";
import { build } from "./tools";

/** So many times faster than a real server: waits stay visible, and short. */
const speed = 8;

interface Step {
  /** Heads the step, and its column in the summary. */
  title: string;
  short: string;
  /** Configuration that changes before it. */
  config?: Record<string, string>;
  operation: Operation;
  /** The one resource that it is about, where it is not about all. */
  only?: string;
  /** The folder of a policy pack that it is held to. */
  policies?: string;
  /** Words of the refusal with which it has to end. */
  refused?: string;
  /** What it has to do: resources by kind of change, and successful writes by route. */
  changes: Changes;
  writes: Record<string, number>;
}

const steps: Step[] = [
  {
    title: "Kept for too short: the policy pack stops it, before anything is made",
    short: "policy",
    config: { size: "10240", keptUntil: dateIn(5) },
    operation: "up",
    policies: "examples/retention/policy",
    refused: "wanted at least 35 days",
    changes: {},
    writes: {},
  },
  {
    title: "A volume is ordered, a snapshot taken of it, and a new volume restored from that",
    short: "up",
    config: { keptUntil: dateIn(30) },
    operation: "up",
    changes: { create: 4 },
    writes: {
      "POST /api/marketplace-orders/": 1,
      "POST /api/openstack-volumes/{uuid}/snapshot/": 1,
      "POST /api/openstack-snapshots/{uuid}/restore/": 1,
    },
  },
  {
    title: "The same again: nothing to do",
    short: "up again",
    operation: "up",
    changes: { same: 4 },
    writes: {},
  },
  {
    title: "The volume grows, and the snapshot is kept for longer; both in place",
    short: "change",
    config: { size: "20480", keptUntil: dateIn(90) },
    operation: "up",
    changes: { same: 2, update: 2 },
    writes: {
      "POST /api/openstack-volumes/{uuid}/extend/": 1,
      "PATCH /api/openstack-snapshots/{uuid}/": 1,
    },
  },
  {
    title: "Too early: the restored copy goes, but the snapshot is kept, and so the volume stays",
    short: "too early",
    operation: "destroy",
    refused: "so it is not deleted before",
    changes: { delete: 1 },
    writes: { "POST /api/marketplace-resources/{uuid}/terminate/": 1 },
  },
  {
    title: "Whoever really means it says so first, and applies it; nothing is written to the server",
    short: "forceDelete",
    config: { forceDelete: "true" },
    operation: "up",
    only: "nightly",
    changes: { same: 3, update: 1 },
    writes: {},
  },
  {
    title: "Now everything goes",
    short: "destroy",
    operation: "destroy",
    changes: { delete: 3 },
    writes: {
      "DELETE /api/openstack-snapshots/{uuid}/": 1,
      "POST /api/marketplace-resources/{uuid}/terminate/": 1,
    },
  },
];

async function main(signal: AbortSignal): Promise<void> {
  const engine = await ensureEngine({ log: console.log });
  if ((await build(signal)) !== 0) throw new Error("the package cannot be built");
  const waldur = await startWaldur({ speed });
  try {
    console.log(`Emulated Waldur at ${waldur.url}, ${speed} times as fast as a real one`);
    const stack = await DemoStack.create(engine, signal);
    try {
      await stack.configure("openstack-snapshots:waldurApiUrl", `${waldur.url}/api/`);
      await stack.configure("openstack-snapshots:waldurAccessToken", waldur.tokens.owner, true);
      await stack.configure("project", waldur.ids.project);
      await stack.configure("offering", waldur.ids.offering);
      await tell(stack, waldur);
    } finally {
      stack.dispose();
    }
  } finally {
    await waldur.close();
  }
}

/** Runs the steps, then sums up. @throws an error that names everything that was not as it should be */
async function tell(stack: DemoStack, waldur: WaldurEmulator): Promise<void> {
  const start = Date.now();
  const before = inventory(waldur);
  const traffic: Traffic[] = [];
  const wrong: string[] = [];
  for (const [index, step] of steps.entries()) {
    const { title, short, config = {}, operation, changes, writes } = step;
    heading(`${index + 1}. ${title}`);
    for (const [key, value] of Object.entries(config)) {
      console.log(`$ pulumi config set ${key} ${value}`);
      await stack.configure(key, value);
    }
    waldur.resetRequests();
    const changed = await stack.run(operation, step);
    const requests = [...waldur.requests];
    traffic.push({ step: short, requests });
    wrong.push(...compare(`${short}: changes`, changes, changed));
    wrong.push(...compare(`${short}: writes`, writes, writesOf(requests)));
  }
  wrong.push(...compare("left on the server", before, inventory(waldur)));

  heading("What went over the wire, by step");
  console.log(wireTable(traffic));
  if (wrong.length > 0) throw new Error(`not as it should be:\n  ${wrong.join("\n  ")}`);
  const seconds = Math.round((Date.now() - start) / 1000);
  console.log(
    `\nAs it should be: too short a retention stopped by the policy pack, 3 objects made with one request ` +
      `each, none by the second up, 2 changed in place, an early destroy refused, and in the end all ` +
      `removed. ${seconds} s.`,
  );
}

/** How much the server holds, to see that as much is there afterwards as was before. */
function inventory({ world }: WaldurEmulator): Record<string, number> {
  world.advance();
  return { volumes: world.volumes.size, snapshots: world.snapshots.size };
}

function compare(what: string, expected: unknown, actual: unknown): string[] {
  if (isDeepStrictEqual(expected, actual)) return [];
  return [`${what} ${JSON.stringify(actual)}, expected ${JSON.stringify(expected)}`];
}

function heading(text: string): void {
  console.log(`\n== ${text}`);
}

/** A date so many days from now, e.g. "2027-01-31". */
function dateIn(days: number): string {
  return new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
}

endWhenAbandoned();
interruptible(main).catch((error: unknown) => {
  if (!(error instanceof InterruptedError)) {
    console.error(`\nThe demo failed: ${error instanceof Error ? error.message : String(error)}`);
  }
  process.exitCode = 1;
});
