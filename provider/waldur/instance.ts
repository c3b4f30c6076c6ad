import { z } from "zod";
import { ApiError } from "../core/errors";
import { untilSettled } from "../core/resource/goals";
import type { Context } from "../core/resource/lifecycle";
import { waitFor } from "../core/wait/wait";
import type { WaldurClient } from "./client";
import { seenOf } from "./states";
import { fromWire } from "./wire";

const fields = z.object({
  uuid: z.string(),
  name: z.string().nullish(),
  state: z.string().nullish(),
  runtimeState: z.string().nullish(),
});

/** States in the cloud in which an instance takes a volume (recording 14). */
const powered: readonly unknown[] = ["SHUTOFF", "ACTIVE"];

/**
 * Whether an action on a volume was refused for the state of an instance. The volume itself may rest: Waldur answers
 * 409 "Volume instance should be in OK state." to an extension, and 400 to an attachment.
 */
export function isAboutInstance(error: unknown): boolean {
  return error instanceof ApiError && [400, 409].includes(error.status) && /in OK state/i.test(error.reason);
}

/**
 * Waits for an instance that is busy.
 *
 * @returns whether it can take the action now; where it has failed, or is e.g. paused, no waiting helps
 * @throws WaitError where it is busy until the time limit
 */
export async function waitForInstance(ctx: Context<WaldurClient>, uuid: string): Promise<boolean> {
  const poll = async (signal = ctx.signal) => {
    const body = await ctx.client.get(
      "openstack-instances",
      uuid,
      ["name", "state", "runtime_state"],
      signal,
    );
    return body === undefined ? undefined : fromWire(fields, body);
  };
  const seen = (now: z.output<typeof fields>) => seenOf({ state: now.state ?? undefined });
  let now = await poll();
  if (now === undefined) return false;
  if (seen(now).meaning === "working") {
    const settled = untilSettled();
    const { value } = await waitFor({
      what: `instance "${now.name ?? ""}" (${uuid})`,
      observer: { poll },
      classify: (polled) => settled(polled && seen(polled)),
      clock: ctx.clock,
      signal: ctx.signal,
      timeoutMs: ctx.timeoutMs,
      progress: (message) => ctx.progress(`instance "${now?.name ?? ""}": ${message}`),
    });
    now = value;
  }
  return (
    now !== undefined && seen(now).meaning === "ready" && powered.includes(now.runtimeState ?? "SHUTOFF")
  );
}
