import { randomBytes } from "node:crypto";
import { UserError } from "../../core/errors";
import { wrongArguments } from "../../core/resource/check";
import { createOnce } from "../../core/resource/once";
import { checkNewRetention, firstKeptUntil } from "../../core/retention";
import { defined } from "../../core/values";
import { isRefusal } from "../act";
import { nonceKey, retentionMetadata } from "../metadata";
import { meaningOf, normalStatus } from "../statuses";
import { type CinderContext, fetch, subject, waitSettled } from "../waits";
import { snapshotFields, under, type WireSnapshot } from "../wire";
import type { SnapshotInputs } from "./lifecycle";

/** Asks for a snapshot of a volume, exactly once. @returns it, still being made */
export async function createSnapshot(
  inputs: SnapshotInputs,
  volume: string,
  ctx: CinderContext,
): Promise<WireSnapshot> {
  const { client, signal } = ctx;
  const nonce = randomBytes(8).toString("hex");
  // From 3.66 on there is no force any more, and saying so is an error (contract, "In-use volume").
  const force = (await client.service.knows("3.66", signal)) ? {} : { force: inputs.force ?? false };
  const { name, description } = inputs;
  const at = client.service.serverNow();
  const keptUntil = firstKeptUntil(inputs, at);
  const wrong = checkNewRetention({ keptUntil }, at);
  if (wrong.length > 0) throw wrongArguments(wrong);
  const retention = retentionMetadata(keptUntil, inputs.retentionMode);
  const metadata = { ...inputs.metadata, ...retention, [nonceKey]: nonce };
  const snapshot = { volume_id: volume, ...defined({ name, description }), ...force, metadata };
  return createOnce<WireSnapshot>({
    what: `snapshot "${name}"`,
    clock: ctx.clock,
    signal,
    timeoutMs: ctx.timeoutMs,
    attempt: async () => {
      const body = await sendPatiently(ctx, volume, { snapshot });
      return under("snapshot", snapshotFields, body);
    },
    find: async () => {
      const query = { volume_id: volume };
      const rows = await client.all("/snapshots/detail", "snapshots", snapshotFields, query, signal);
      return rows.filter((row) => row.metadata?.[nonceKey] === nonce);
    },
    idOf: ({ id }) => id,
    claimed: client.claimed,
    describe: (row) => `"${row.name}" (${row.id}, created ${row.createdAt})`,
  });
}

/** Sends the request; a volume that is busy is waited for. @throws ApiError with what helps, where anything does */
async function sendPatiently(ctx: CinderContext, volume: string, body: unknown): Promise<unknown> {
  const { client, signal } = ctx;
  for (let waited = false; ; waited = true) {
    try {
      return (await client.send("POST", "/snapshots", body, { signal })).body;
    } catch (error) {
      if (!isRefusal(error)) throw error;
      const now = await fetch(ctx, { kind: "volume", id: volume });
      const busy = now !== undefined && meaningOf("volume", now.status) === "working";
      if (now !== undefined && busy && !waited) {
        await waitSettled(ctx, subject("volume", volume, now.name));
        continue;
      }
      if (normalStatus(now?.status) !== "in-use") throw error;
      throw new UserError(
        `${error.message}. The volume is attached: set force to take the snapshot all the same`,
      );
    }
  }
}
