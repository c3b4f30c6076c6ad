import { shows } from "../../core/resource/diff";
import { argumentsOf } from "../../core/resource/field";
import type { Lifecycle } from "../../core/resource/lifecycle";
import { type Place, subject } from "../../core/resource/object";
import { shownAs } from "../../core/resource/once/create";
import { bodyOf } from "../../core/resource/requestBody";
import { snapshotLife } from "../../core/retention";
import { defined, uuidIn } from "../../core/values";
import { waldur } from "../backend";
import type { WaldurClient } from "../client";
import { actOn, type WaldurContext, waldurObjects } from "../object";
import { pullOrWarn, unlink } from "../pullUnlink";
import { normalState, seenOf } from "../states";
import { createSnapshot, shownMetadata } from "./create";
import { keptOf, wasNeverMade } from "./kept";
import { waitForRestores } from "./pendingRestores";
import { type SnapshotInputs, type SnapshotRow, type SnapshotState, snapshotTable } from "./schema";

/** A snapshot of a volume, in Waldur, which keeps `keptUntil` itself and no mode. */
export const snapshotLifecycle: Lifecycle<WaldurClient, SnapshotInputs, SnapshotState> = {
  type: "waldur:Snapshot",
  description: "A snapshot of an OpenStack volume, made and kept through Waldur.",
  backend: waldur,
  ...snapshotTable,
  facts: { sizePerGib: 1024, created: "createdAt", from: { volume: "volumeId" } },
  autoName: { property: "name", longest: 150 },

  ...snapshotLife<WaldurClient, SnapshotInputs, SnapshotState, SnapshotRow>({
    table: snapshotTable,
    objects: waldurObjects,
    createdKey: "createdAt",
    idOf: (id, { client }) => client.uuid("id", id),
    shown,
    keptOf,
    wasNeverMade,
    // Contract, "by itself".
    isBeingRemoved: ({ state }) => normalState(state).startsWith("DELETI"),
    time: ({ client }) => client.time,
    placeOf,

    async beforeRead(ctx, on, { pullOnRefresh }) {
      if (pullOnRefresh) await pullOrWarn(ctx, on);
    },

    async create(inputs, keptUntil, ctx) {
      const volume = ctx.client.uuid("volumeId", inputs.volumeId);
      const made = await createSnapshot({ ...inputs, keptUntil }, volume, ctx);
      return shownAs(made, ({ uuid: id, projectId, createdAt }) => ({
        id,
        known: defined({ projectId, createdAt }),
      }));
    },

    write: (ctx, row, { changes }) =>
      patch(ctx, row, Object.fromEntries(changes.map(({ property, wanted }) => [property, wanted]))),

    verbOf: ({ deletion }) => (deletion === "unlink" ? "unlinked" : "deleted"),

    async remove(ctx, row, { deletion }, judge) {
      const on = subject("snapshot", row.uuid, row.name, placeOf(row));
      if (deletion === "unlink") return unlink(ctx, on);
      if (await waitForRestores(ctx, row)) await judge(await waldurObjects.read(ctx, on));
      await actOn(ctx, on, { method: "DELETE" }, isGoing);
      return waldurObjects.waitGone(ctx, on);
    },
  }),
};

function placeOf({ projectId, volumeId, createdAt: created }: Partial<SnapshotState>): Place {
  const volume = uuidIn(volumeId);
  const beside = volume === undefined ? undefined : { kind: "volume", id: volume };
  return { project: projectId, beside, created };
}

/** One PATCH with just what differs, or none. */
async function patch(ctx: WaldurContext, row: SnapshotRow, values: Record<string, unknown>): Promise<void> {
  const body = bodyOf(snapshotTable.fields, values, "change");
  if (Object.keys(body).length === 0) return;
  const on = subject("snapshot", row.uuid, row.name);
  const { rules, locals } = snapshotTable;
  const wanted = Object.entries(values).filter(([property]) => !locals.some((local) => local === property));
  // New values show at once, before the update cycle is over.
  await actOn(ctx, on, { method: "PATCH", body }, (now) => {
    return now !== undefined && shows(rules, { ...now }, Object.fromEntries(wanted));
  });
  await waldurObjects.waitReady(ctx, on, { operation: "update" });
}

function isGoing(now: SnapshotRow | undefined): boolean {
  return now === undefined || seenOf(now).meaning === "working";
}

function shown(snapshot: SnapshotRow): SnapshotState {
  const { id: _uuid, backendId, marketplaceResourceUuid: marketplaceResource, ...others } = snapshot;
  const ids = {
    marketplaceResourceUuid: marketplaceResource,
    marketplaceResource,
    ...(backendId ? { backendId } : {}),
  };
  return { ...others, ...ids, metadata: shownMetadata(snapshot), expired: false };
}

/** The arguments that declare a snapshot exactly as it is. */
export function inputsOf(snapshot: SnapshotRow): Partial<SnapshotInputs> {
  return argumentsOf<SnapshotInputs>(snapshotTable, shown(snapshot));
}
