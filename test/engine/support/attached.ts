import { createRequire } from "node:module";
import { relative } from "node:path";
import { Agent } from "undici";
import { expect, inject, type ProvidedContext } from "vitest";
import { type Clock, systemClock } from "../../../provider/core/clock";
import type { listen } from "../../../provider/fronts/plugin/server";
import type { Session } from "../../../provider/fronts/plugin/session";
import { type Surroundings, withStanding } from "./standing/pool";

/**
 * Whether the scenarios of the test file that runs from this process may use a provider that stands already.
 *
 * @param repository its root
 */
export function mayAttach(repository: string): boolean {
  const file = relative(repository, expect.getState().testPath ?? "").replaceAll("\\", "/");
  const started = inject("asWithUsers");
  return started !== "all" && !started.includes(file);
}

/** How runs of the engine are given providers that stand already. */
export interface Attaching {
  /** Its root; the providers are the built ones. */
  repository: string;
  fronts: readonly ProvidedContext["front"][];
  /** The environment and the folder that the providers' processes would have. */
  where: Surroundings;
  /** Takes what the processes would print. */
  onText: (text: string) => void;
  /** Another clock than the machine's, for the plugin only. */
  clock: Clock | undefined;
}

/**
 * Has the engine use providers that stand already, by the variable that Pulumi has for debugging providers: a process
 * of its own takes a second or two to start at every run. Each run has some that remember nothing of the one before.
 *
 * @param run a run of the engine, with a variable more in its environment
 */
export function attached<T>(
  { repository, fronts, where, onText, clock }: Attaching,
  run: (variable: Record<string, string>) => Promise<T>,
): Promise<T> {
  const after = (known: readonly string[], [next, ...others]: typeof fronts): Promise<T> => {
    if (next === undefined) return run({ PULUMI_DEBUG_PROVIDERS: known.join() });
    const at = (name: string) => (port: number) => after([...known, `${name}:${port}`], others);
    return next === "plugin"
      ? withPlugin(repository, where, clock, at("openstack-snapshots"))
      : withDynamic(repository, where, onText, at("pulumi-nodejs"));
  };
  return after([], fronts);
}

/** Pulumi's provider of dynamic resources, in a process that stands between runs. */
function withDynamic<T>(
  repository: string,
  where: Surroundings,
  onText: (text: string) => void,
  run: (port: number) => Promise<T>,
): Promise<T> {
  return withStanding(repository, async (standing) => {
    const deaf = standing.hear(onText);
    try {
      return await run(await standing.ask<number>("serve", where, onText));
    } finally {
      await standing.ask("stop", undefined, onText);
      deaf();
    }
  });
}

/** The plugin, in this process. */
async function withPlugin<T>(
  repository: string,
  where: Surroundings,
  ownClock: Clock | undefined,
  run: (port: number) => Promise<T>,
): Promise<T> {
  const load = createRequire(`${repository}/dist/provider/fronts/plugin/`);
  const built = load("./session.js") as { Session: typeof Session };
  // Its process would have a shifted clock by test/support/shiftedClock.cjs.
  const ahead = Number(where.env.CLOCK_AHEAD_MS ?? 0);
  const clock = ownClock ?? { ...systemClock, now: () => Date.now() + ahead };
  // Each run has a provider of its own, which remembers nothing of the one before.
  const agents: Agent[] = [];
  const network = (options: Agent.Options) => {
    const agent = new Agent(options);
    agents.push(agent);
    return agent;
  };
  const session = new built.Session(undefined, clock, { ...where, network });
  const { server, port } = (load("./server.js") as { listen: typeof listen }).listen(session);
  try {
    return await run(await port);
  } finally {
    session.cancel();
    server.forceShutdown();
    // The end of its process would close its connections.
    await Promise.all(agents.map((agent) => agent.destroy()));
  }
}
