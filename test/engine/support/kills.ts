import { setTimeout as delay } from "node:timers/promises";
import type { WaldurEmulator } from "../../../emulator";
import { Dice } from "../../faults/schedules/dice";
import { processesOf, type Role, signal } from "./processes";
import { restoration, type Scenario, snapshot, volume } from "./scenario";

const roles = ["engine", "host", "program", "provider", "everything"] as const;
const signals = ["SIGINT", "SIGTERM", "SIGKILL"] as const;

/** A kill: what, how and when. */
export interface Kill {
  seed: number;
  command: "up" | "destroy";
  target: Role | "everything";
  signal: (typeof signals)[number];
  /** Once so many requests have come. */
  requests: number;
  /** So many milliseconds later. */
  pauseMs: number;
}

/** What a seed comes to. */
export function killOf(seed: number): Kill {
  const dice = new Dice(seed);
  const command = dice.chance(0.8) ? "up" : "destroy";
  return {
    seed,
    command,
    target: roles[seed % roles.length] ?? "engine",
    signal: signals[Math.floor(seed / roles.length) % signals.length] ?? "SIGKILL",
    requests: dice.chance(0.7) ? dice.whole(1, 8) : dice.whole(1, 40),
    pauseMs: dice.pick([0, 0, 20, 100, 400]),
  };
}

/** What is declared: one of everything that is made by a request of its own. */
function declared(waldur: WaldurEmulator) {
  return [
    volume(waldur, { name: "killed-data" }),
    snapshot(waldur, { name: "killed-snapshot" }),
    snapshot(waldur, {}, "unnamed"),
    restoration(waldur, { name: "killed-copy" }),
  ];
}

/** What came of a kill. */
export interface Outcome {
  /** Objects that no state knows, and that are not the second of another. */
  orphans: string[];
  /** Objects that are in the state of nothing although another of the same resource is. */
  duplicates: string[];
  /** Why the `up` afterwards was not well; empty where it was. */
  trouble: string;
}

/** The ids of the objects that were made, by kind. */
function madeIn({ world }: WaldurEmulator, before: ReadonlySet<string>): string[] {
  world.advance();
  const rows = [...world.volumes.values(), ...world.snapshots.values()];
  const there = rows.filter(({ state, uuid }) => !state.startsWith("Delet") && !before.has(uuid));
  return there.map(({ uuid }) => uuid);
}

/**
 * Kills a run, and has the user go on as one would: with `pulumi cancel`, which takes the lock back that a killed
 * engine leaves, and one `up`.
 */
export async function killed({ waldur, stack }: Scenario, kill: Kill): Promise<Outcome> {
  const before = new Set(madeIn(waldur, new Set()));
  // Answers come late: whoever is killed has most often something under way.
  waldur.faults.add({ method: ["POST", "DELETE"], times: 10, action: { kind: "delay", ms: 150 } });
  stack.declare(declared(waldur));
  if (kill.command === "destroy") {
    await stack.up();
    waldur.resetRequests();
  }
  let started: ReturnType<typeof processesOf> = [];
  await stack.broken(
    kill.command,
    () => waldur.requests.length >= kill.requests,
    () => {
      void delay(kill.pauseMs).then(() => {
        started = processesOf(stack.home);
        for (const each of started)
          if (kill.target === "everything" || each.role === kill.target) signal(each, kill.signal);
      });
    },
  );
  waldur.faults.clear();
  await stack.pulumi("cancel", "--yes").catch(() => undefined);
  let trouble = "";
  try {
    await stack.up();
  } catch (error) {
    trouble = String(error);
  }
  for (const each of processesOf(stack.home)) signal(each, "SIGKILL");
  return { ...compared(waldur, stack, before), trouble };
}

function compared(waldur: WaldurEmulator, stack: Scenario["stack"], before: ReadonlySet<string>) {
  const resources = Object.values(stack.resources());
  const held = new Set(resources.flatMap(({ id, outputs }) => [id, String(outputs.volume ?? "")]));
  const unknown = madeIn(waldur, before).filter((uuid) => !held.has(uuid));
  const names = new Set(resources.map(({ outputs }) => outputs.name));
  const nameOf = (uuid: string) =>
    (waldur.world.volumes.get(uuid) ?? waldur.world.snapshots.get(uuid))?.name ?? uuid;
  const isSecond = (uuid: string) => names.has(nameOf(uuid)) || nameOf(uuid).startsWith("unnamed-");
  return {
    orphans: unknown.filter((uuid) => !isSecond(uuid)).map(nameOf),
    duplicates: unknown.filter(isSecond).map(nameOf),
  };
}
