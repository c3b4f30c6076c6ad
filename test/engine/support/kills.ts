import { setTimeout as delay } from "node:timers/promises";
import { Dice } from "../../faults/schedules/dice";
import type { KillScene } from "./killScene";
import { processesOf, type Role, signal } from "./runProcesses";

const targets = ["engine", "host", "program", "provider", "everything"] as const;
const signals = ["SIGINT", "SIGTERM", "SIGKILL"] as const;

/** A kill: what, how and when. */
export interface Kill {
  command: "up" | "destroy";
  target: Role | "everything";
  signal: (typeof signals)[number];
  /** Once so many requests have come. */
  requests: number;
  /** So many milliseconds later. */
  pauseMs: number;
}

/** What a seed comes to: the same target with the same signal comes again after 15, in the other front. */
export function killOf(seed: number): Kill {
  const dice = new Dice(seed);
  return {
    command: dice.chance(0.8) ? "up" : "destroy",
    target: targets[seed % targets.length] ?? "engine",
    signal: signals[Math.floor(seed / targets.length) % signals.length] ?? "SIGKILL",
    requests: dice.chance(0.7) ? dice.whole(1, 12) : dice.whole(1, 50),
    pauseMs: dice.pick([0, 0, 20, 100, 400]),
  };
}

/** What came of a kill. */
export interface Outcome {
  /** Objects that no state knows, by their names. */
  forgotten: string[];
  /** Resources whose object is not there. */
  missing: string[];
  /** What the `up` afterwards failed with; empty where it was well. */
  trouble: string;
}

/**
 * Kills a run, and has the user go on as one would: with `pulumi cancel`, which takes the lock back that a killed
 * engine leaves, and one `up`. What the kill has left running goes on meanwhile. After a `destroy` the `up` is one with
 * `--refresh`, once the server has done what it was asked for: nothing else tells Pulumi that an object is gone.
 */
export async function killed(scene: KillScene, kill: Kill): Promise<Outcome> {
  const { stack } = scene;
  scene.declare();
  if (kill.command === "destroy") await stack.up();
  const before = scene.requests();
  // Answers come late: whoever is killed has most often something under way.
  scene.slowDown(150);
  await stack.broken(
    kill.command,
    () => scene.requests() - before >= kill.requests,
    () => void delay(kill.pauseMs).then(() => strike(stack.home, kill)),
  );
  scene.hurryUp();
  // There is nothing to cancel where the engine has ended by itself.
  await stack.pulumi("cancel", "--yes").catch(() => undefined);
  if (kill.command === "destroy") await scene.quiet();
  const trouble = await stack.up({ refresh: kill.command === "destroy" }).then(
    () => "",
    (error: unknown) => `${error}\n${stack.printed}`,
  );
  for (const each of processesOf(stack.home)) signal(each, "SIGKILL");
  return { ...scene.compared(), trouble };
}

function strike(home: string, kill: Kill): void {
  for (const each of processesOf(home))
    if (kill.target === "everything" || each.role === kill.target) signal(each, kill.signal);
}
