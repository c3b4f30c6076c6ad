import { sameText } from "../core/diff";
import { defined } from "../core/values";
import { act } from "./act";
import { type Brief, dashed } from "./client";
import { sameReference } from "./fields";
import { untilChanged } from "./goals";
import { normalStatus } from "./statuses";
import { type CinderContext, subject, waitUntil } from "./waits";
import { under, volumeTypeFields, type WireVolume } from "./wire";

/** New values of a volume, by argument; what is absent stays. */
export interface VolumeChange {
  name?: unknown;
  description?: unknown;
  /** GiB, more than now. */
  size?: unknown;
  /** Name or uuid. */
  volumeType?: unknown;
}

/** From this microversion on an attached volume can grow. Block Storage API v3, Extend a volume size. */
const growsAttached = "3.42";

/**
 * Changes a volume in place: one PUT, then extend, then retype, each only where it is asked for, each waited for
 * until it shows.
 *
 * @param migrationPolicy whether the retype may move the volume to another back end
 */
export async function changeVolume(
  ctx: CinderContext,
  now: WireVolume,
  { name, description, size, volumeType }: VolumeChange,
  migrationPolicy: "never" | "on-demand",
): Promise<void> {
  const { client, signal } = ctx;
  const on = subject("volume", now.id, now.name);

  const plain = defined({ name, description });
  if (Object.keys(plain).length > 0) {
    await act(ctx, {
      on,
      send: () => client.send("PUT", client.path("volume", now.id), { volume: plain }, { signal }),
      happened: (after) =>
        after !== undefined &&
        (name === undefined || sameText(after.name, name)) &&
        (description === undefined || sameText(after.description, description)),
    });
  }
  if (typeof size === "number") {
    if (normalStatus(now.status) === "in-use") {
      await client.service.require(growsAttached, "growing a volume while it is attached", signal);
    }
    const grown = (volume: Brief) => (volume.size ?? 0) >= size;
    await order(ctx, now, "extend", { "os-extend": { new_size: size } }, "extending", grown);
  }
  if (typeof volumeType === "string") {
    const name = await typeName(ctx, volumeType);
    const retyped = (volume: Brief) =>
      volume.volumeType === name ||
      (volume.volumeTypeId ? sameReference(volume.volumeTypeId, volumeType) : false);
    if (!retyped(now)) {
      const body = { "os-retype": { new_type: volumeType, migration_policy: migrationPolicy } };
      await order(ctx, now, "retype", body, "retyping", retyped);
    }
  }
}

/** Sends one action and waits until it shows. @throws WaitError where the volume goes back to what it was */
async function order(
  ctx: CinderContext,
  now: WireVolume,
  operation: string,
  body: unknown,
  working: string,
  shows: (volume: Brief) => boolean,
): Promise<void> {
  const { client, signal } = ctx;
  const on = subject("volume", now.id, now.name);
  const since = ctx.clock.now();
  await act(ctx, {
    on,
    send: () => client.send("POST", client.path("volume", now.id, "action"), body, { signal }),
    happened: (after) => after !== undefined && (normalStatus(after.status) === working || shows(after)),
  });
  await waitUntil(ctx, on, untilChanged(shows), { operation, since });
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
