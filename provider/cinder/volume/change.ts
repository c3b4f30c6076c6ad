import { messageOf, UserError, WaitError } from "../../core/errors";
import { shows } from "../../core/resource/diff";
import type { Properties } from "../../core/resource/lifecycle";
import { subject } from "../../core/resource/object";
import { bodyOf } from "../../core/resource/requestBody";
import type { Brief } from "../client";
import { untilChanged } from "../goals";
import { actOn, type CinderContext, cinderObjects } from "../object";
import { dashed, sameReference } from "../references";
import { meaningOf, normalStatus } from "../statuses";
import { under, volumeTypeFields } from "../wire";
import { type VolumeInputs, type VolumeRow, volumeTable } from "./schema";

/** From this microversion on an attached volume can grow. Block Storage API v3, Extend a volume size. */
const growsAttached = "3.42";

/**
 * Changes a volume in place: one PUT, then extend, then retype, each only where it is asked for, each waited for
 * until it shows.
 *
 * @param values new values by argument; what is absent stays
 * @param migrationPolicy whether the retype may move the volume to another back end
 */
export async function changeVolume(
  ctx: CinderContext,
  now: VolumeRow,
  values: Properties,
  migrationPolicy: VolumeInputs["retypeMigrationPolicy"] = "never",
): Promise<void> {
  const body = bodyOf(volumeTable.fields, values, "change");
  if (Object.keys(body).length > 0) {
    const on = subject("volume", now.id, now.name);
    await actOn(ctx, on, { method: "PUT", body: { volume: body } }, (after) => {
      return after !== undefined && shows(volumeTable.rules, { ...after }, body);
    });
  }
  const { size, volumeType } = values;
  if (typeof size === "number") await extend(ctx, now, size);
  if (typeof volumeType === "string") await retype(ctx, now, volumeType, migrationPolicy);
}

async function extend(ctx: CinderContext, now: VolumeRow, size: number): Promise<void> {
  if (normalStatus(now.status) === "in-use") {
    await ctx.client.service.require(growsAttached, "growing a volume while it is attached", ctx.signal);
  }
  await order(ctx, now, {
    operation: "extend",
    body: { "os-extend": { new_size: size } },
    working: "extending",
    shows: (volume) => (volume.size ?? 0) >= size,
    refused: `it has not grown to ${size} GiB`,
  });
}

async function retype(
  ctx: CinderContext,
  now: VolumeRow,
  type: string,
  migrationPolicy: VolumeInputs["retypeMigrationPolicy"],
): Promise<void> {
  const name = await typeName(ctx, type);
  const isOfType = (volume: Brief) =>
    volume.volumeType === name ||
    (volume.volumeTypeId !== undefined && sameReference(volume.volumeTypeId, type));
  if (isOfType(now)) return;
  const move =
    'the back end cannot change it in place; retypeMigrationPolicy: "on-demand" lets the service move it';
  await order(ctx, now, {
    operation: "retype",
    body: { "os-retype": { new_type: type, migration_policy: migrationPolicy } },
    working: "retyping",
    shows: isOfType,
    refused: `its type is not "${type}"${migrationPolicy === "never" ? `: maybe ${move}` : ""}`,
  });
}

/** An action that takes the service a while. */
interface Order {
  /** The name under which the duration is learned. */
  operation: string;
  body: unknown;
  /** The status meanwhile. */
  working: string;
  shows: (volume: Brief) => boolean;
  /** What to say where the volume is ready again and does not show it. */
  refused: string;
}

/** Sends an action and waits until it shows. @throws UserError where the volume goes back to what it was */
async function order(ctx: CinderContext, now: VolumeRow, action: Order): Promise<void> {
  const { operation, body, working, shows: isDone, refused } = action;
  const on = subject("volume", now.id, now.name);
  const since = ctx.clock.now();
  await actOn(ctx, on, { method: "POST", part: ["action"], body }, (after) => {
    return after !== undefined && (normalStatus(after.status) === working || isDone(after));
  });
  try {
    await cinderObjects.waitUntil(ctx, on, untilChanged(isDone, refused), { operation, since });
  } catch (error) {
    const state = error instanceof WaitError && error.end === "failed" && error.history.at(-1)?.state;
    // The volume is as good as before, so what helps against a failed one does not help here.
    if (state && meaningOf("volume", state) === "ready") throw new UserError(messageOf(error));
    throw error;
  }
}

/** The name of a type, which every service shows of a volume; a type that is unknown is left for the service to refuse. */
async function typeName(ctx: CinderContext, type: string): Promise<string | undefined> {
  if (dashed(type) === undefined) return type;
  const { body } = await ctx.client.service.request({
    method: "GET",
    path: `/types/${type}`,
    signal: ctx.signal,
  });
  return under("volume_type", volumeTypeFields, body).name;
}
