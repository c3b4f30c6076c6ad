import { createRequire } from "node:module";
import { relative } from "node:path";
import { Agent } from "undici";
import { expect, inject } from "vitest";
import { systemClock } from "../../../provider/core/clock";
import type { listen } from "../../../provider/fronts/plugin/server";
import type { Session } from "../../../provider/fronts/plugin/session";

/**
 * Whether the plugin may serve the scenarios of the test file that runs from this process. Those of the files that go
 * through both fronts have it start as with a user: there the start, the end and the isolation of its process count.
 *
 * @param repository its root
 */
export function mayAttach(repository: string): boolean {
  const file = relative(repository, expect.getState().testPath ?? "").replaceAll("\\", "/");
  return inject("oneFront").includes(file);
}

/**
 * Has the engine use a plugin that serves in this process, by the variable that Pulumi has for debugging providers: a
 * process of its own takes a second to start at every run.
 *
 * @param repository its root; the plugin is the built one
 * @param where the environment and the folder that its process would have
 * @param run a run of the engine, with a variable more in its environment
 */
export async function attached<T>(
  repository: string,
  where: { env: NodeJS.ProcessEnv; cwd: string },
  run: (variable: Record<string, string>) => Promise<T>,
): Promise<T> {
  const load = createRequire(`${repository}/dist/provider/fronts/plugin/`);
  const built = load("./session.js") as { Session: typeof Session };
  // Its process would have a shifted clock by test/support/shiftedClock.cjs.
  const ahead = Number(where.env.CLOCK_AHEAD_MS ?? 0);
  const clock = { ...systemClock, now: () => Date.now() + ahead };
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
    return await run({ PULUMI_DEBUG_PROVIDERS: `openstack-snapshots:${await port}` });
  } finally {
    session.cancel();
    server.forceShutdown();
    // The end of its process would close its connections.
    await Promise.all(agents.map((agent) => agent.destroy()));
  }
}
