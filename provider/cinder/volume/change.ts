import { messageOf, UserError, WaitError } from "../../core/errors";
import { sameString } from "../../core/resource/diff";
import { defined } from "../../core/values";
import { act } from "../act";
import { type Brief, dashed } from "../client";
import { sameReference } from "../fields";
import { untilChanged } from "../goals";
import { meaningOf, normalStatus } from "../statuses";
import { type CinderContext, subject, waitUntil } from "../waits";
import { under, volumeTypeFields, type WireVolume } from "../wire";

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
        (name === undefined || sameString(after.name, name)) &&
        (description === undefined || sameString(after.description, description)),
    });
  }
  if (typeof size === "number") {
    if (normalStatus(now.status) === "in-use") {
      await client.service.require(growsAttached, "growing a volume while it is attached", signal);
    }
    await order(ctx, now, {
      operation: "extend",
      body: { "os-extend": { new_size: size } },
      working: "extending",
      shows: (volume) => (volume.size ?? 0) >= size,
      refused: `it has not grown to ${size} GiB`,
    });
  }
  if (typeof volumeType === "string") {
    const name = await typeName(ctx, volumeType);
    const shows = (volume: Brief) =>
      volume.volumeType === name ||
      (volume.volumeTypeId !== undefined && sameReference(volume.volumeTypeId, volumeType));
    if (shows(now)) return;
    const move =
      'the back end cannot change it in place; retypeMigrationPolicy: "on-demand" lets the service move it';
    await order(ctx, now, {
      operation: "retype",
      body: { "os-retype": { new_type: volumeType, migration_policy: migrationPolicy } },
      working: "retyping",
      shows,
      refused: `its type is not "${volumeType}"${migrationPolicy === "never" ? `: maybe ${move}` : ""}`,
    });
  }
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
async function order(ctx: CinderContext, now: WireVolume, action: Order): Promise<void> {
  const { client, signal } = ctx;
  const { operation, body, working, shows, refused } = action;
  const on = subject("volume", now.id, now.name);
  const since = ctx.clock.now();
  await act(ctx, {
    on,
    send: () => client.send("POST", client.path("volume", now.id, "action"), body, { signal }),
    happened: (after) => after !== undefined && (normalStatus(after.status) === working || shows(after)),
  });
  try {
    await waitUntil(ctx, on, untilChanged(shows, refused), { operation, since });
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
