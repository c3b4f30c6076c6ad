import { type Place, subject } from "../../core/resource/object";
import { type TrilioContext, trilioObjects } from "../object";
import { cancelRestore } from "./cancel";

/**
 * Deletes the record of a restore: one that runs is cancelled and waited for first. What was restored stays.
 *
 * @param place where it is, by what the state knows
 */
export async function removeRestore(ctx: TrilioContext, id: string, place: Place): Promise<void> {
  const now = await trilioObjects.read(ctx, { kind: "restore", id, place });
  if (now === undefined) return;
  const on = subject("restore", id, now.name, { project: now.project_id });
  if (!trilioObjects.isSettled("restore", now)) {
    ctx.progress(`${now.status}; cancelling`);
    const trouble = await cancelRestore(ctx, id);
    if (trouble) ctx.warn(`${on.what}: ${trouble}; waiting for its end`);
    await trilioObjects.waitSettled(ctx, on);
  }
  await trilioObjects.act(ctx, {
    on,
    send: () => ctx.client.deleteRestore(id, ctx.signal),
    happened: (then) => then === undefined,
  });
  await trilioObjects.waitGone(ctx, on);
  ctx.warn(`${on.what}: its record is deleted; what it restored stays as it is`);
}
