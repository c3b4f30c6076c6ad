import { ApiError, UserError } from "../core/errors";
import { createOnce } from "../core/once";
import { bodyOf, kindOf } from "./body";
import type { Answered } from "./client";
import type { RestoreKind, RestoreOptions } from "./restoreOptions";
import { untilRestorable } from "./statuses";
import { subject, type TrilioContext, waitOn } from "./waits";
import type { WireRestore, WireSnapshot } from "./wire";

/** What to restore. */
export interface Order {
  /** ID of the snapshot. */
  snapshot: string;
  kind: RestoreKind;
  name?: string | undefined;
  description?: string | undefined;
  options?: RestoreOptions | undefined;
}

/** A snapshot that can be restored; a busy one is waited for. @throws UserError where there is none */
export async function restorable(ctx: TrilioContext, id: string): Promise<WireSnapshot> {
  const now = await present(ctx, id);
  if (now.status === "available") return now;
  await waitOn(ctx, subject("snapshot", id, now.name), { classify: untilRestorable });
  // What it holds may be known only now.
  return present(ctx, id);
}

async function present({ client, signal }: TrilioContext, id: string): Promise<WireSnapshot> {
  const snapshot = await client.snapshot(id, signal);
  if (snapshot !== undefined) return snapshot;
  throw new UserError(
    `snapshot: there is no snapshot ${id}; Trilio's retention may have removed it: "getSnapshots" lists what is there`,
  );
}

/**
 * Asks for a restore, exactly once. The API takes no key by which a repetition could be known, so after a lost
 * answer the restores of the snapshot are looked through: for one of this name and kind that was not there before.
 *
 * @throws UserError where the options name an instance that the snapshot does not hold
 */
export async function startRestore(
  ctx: TrilioContext,
  order: Order,
  snapshot: WireSnapshot,
): Promise<Answered<WireRestore>> {
  const { client, signal } = ctx;
  const held = snapshot.instances?.map(({ id }) => id) ?? [];
  refuseStrangers(order, held);
  const body = bodyOf(order, held);
  // The clock of an appliance need not be right: what was there before is told by its id, not by its time.
  const before = new Set((await client.restores(order.snapshot, signal)).map(({ id }) => id));
  const find = async () =>
    (await client.restores(order.snapshot, signal)).filter(
      ({ id, name, restore_options }) =>
        !before.has(id) &&
        name?.trim() === order.name?.trim() &&
        (kindOf(restore_options) ?? order.kind) === order.kind,
    );
  let sent = 0;
  const attempt = async (): Promise<Answered<WireRestore>> => {
    for (;;) {
      try {
        sent += 1;
        return await client.startRestore(order.snapshot, body, signal);
      } catch (error) {
        if (!isRefusal(error)) throw missing(error, order.snapshot);
        // After a lost answer, the refusal can come of the restore that the lost request began.
        const own = sent > 1 ? (await find()).filter(({ id }) => !client.service.claimed.has(id)) : [];
        if (own.length === 1 && own[0]) return own[0];
        // A refusal of a snapshot that is at rest is meant; of a busy one it passes.
        const now = await client.snapshot(order.snapshot, signal);
        if (now === undefined || now.status === "available") throw error;
        await waitOn(ctx, subject("snapshot", order.snapshot, now.name), { classify: untilRestorable });
      }
    }
  };
  return createOnce<Answered<WireRestore>>({
    what: `restore "${order.name ?? ""}"`,
    attempt,
    find,
    describe: ({ id, name, created_at }) => `restore "${name ?? ""}" (${id}, created ${created_at ?? "?"})`,
    idOf: ({ id }) => id,
    claimed: client.service.claimed,
    clock: ctx.clock,
    timeoutMs: ctx.timeoutMs,
    signal,
  });
}

function refuseStrangers({ options, snapshot }: Order, held: readonly string[]): void {
  const strangers = (options?.instances ?? []).map(({ id }) => id).filter((id) => !held.includes(id));
  // A server that does not say what the snapshot holds leaves nothing to compare with.
  if (held.length === 0 || strangers.length === 0) return;
  throw new UserError(
    `options.instances: snapshot ${snapshot} does not hold ${strangers.join(", ")}; it holds ${held.join(", ")}`,
  );
}

/** What the server says of a busy snapshot is not public; these mean that nothing was begun. */
function isRefusal(error: unknown): boolean {
  return error instanceof ApiError && [400, 409].includes(error.status);
}

function missing(error: unknown, snapshot: string): unknown {
  if (!(error instanceof ApiError) || error.status !== 404) return error;
  return new UserError(
    `snapshot: there is no snapshot ${snapshot} any more; Trilio's retention may have removed it (${error.message})`,
  );
}
