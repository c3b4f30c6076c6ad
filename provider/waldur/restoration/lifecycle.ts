import { UserError } from "../../core/errors";
import { differences } from "../../core/resource/diff";
import { argumentsOf, observed } from "../../core/resource/field";
import type { Lifecycle } from "../../core/resource/lifecycle";
import { type Place, patiently, placeIn, subject } from "../../core/resource/object";
import { keeping, keptAs, stateAfter } from "../../core/resource/partial";
import { defined, uuidIn } from "../../core/values";
import { waldur } from "../backend";
import type { WaldurClient } from "../client";
import { type WaldurContext, waldurObjects } from "../object";
import { sameReference } from "../references";
import { seenOf } from "../states";
import { changeVolume } from "../volume/change";
import { removeVolume, terminateVolume } from "../volume/delete";
import { fromWire, snapshotFields, type WireRestoration, type WireVolume } from "../wire";
import { restore, shownDescription } from "./create";
import { restorationTable, type SnapshotRestorationInputs, type SnapshotRestorationState } from "./schema";

/** A volume restored from a snapshot; its id is the restoration's uuid. */
export const snapshotRestorationLifecycle: Lifecycle<
  WaldurClient,
  SnapshotRestorationInputs,
  SnapshotRestorationState
> = {
  type: "waldur:SnapshotRestoration",
  description: "A new volume with the contents of a snapshot.",
  backend: waldur,
  ...restorationTable,
  facts: {
    sizePerGib: 1024,
    created: "createdAt",
    volumeId: "volumeId",
    status: "volumeState",
    from: { snapshot: "snapshotId" },
  },
  autoName: { property: "name", longest: 150 },

  diff: (olds, news) => differences(restorationTable.rules, olds, news),

  async create(inputs, ctx) {
    const snapshot = ctx.client.uuid("snapshotId", inputs.snapshotId);
    const source = await waldurObjects.ready(ctx, { kind: "snapshot", id: snapshot });
    if (source === undefined) throw new UserError(`there is no snapshot ${snapshot}`, "snapshotId");
    const { object: volume, takenUp, finish } = await restore(inputs, source, ctx);
    const row = await rowOf(ctx, snapshot, volume.uuid).catch(() => undefined);
    // Should the row stay out of reach, the volume's own uuid keeps the volume in the state.
    const id = row?.uuid ?? volume.uuid;
    const of = shape(ctx, volume.uuid, snapshot, row?.createdAt);
    const known = { ...inputs, snapshotId: snapshot };
    const begun = defined({
      volumeId: volume.uuid,
      createdAt: row?.createdAt ?? volume.createdAt,
      projectId: volume.projectId,
    });
    const settle = async () => {
      await waitRestored(ctx, volume);
      if (takenUp)
        await apply(ctx, await waldurObjects.existing(ctx, { kind: "volume", id: volume.uuid }), {}, known);
    };
    const outputs = await keeping(keptAs(id, of, known, begun), async () => {
      await finish(settle, (extra) =>
        removeVolume(ctx, extra.uuid, placeOf({ ...begun, ...known, createdAt: extra.createdAt })),
      );
      return stateAfter(of, known);
    });
    return { id, outputs };
  },

  async read(id, ctx, prior) {
    const uuid = ctx.client.uuid("id", id);
    const place = prior?.volumeId
      ? { snapshot: prior.snapshotId, volume: prior.volumeId, created: prior.createdAt }
      : await search(ctx, uuid);
    if (place === undefined) return undefined;
    // The row goes with the snapshot; what it made lives on, and so does this resource.
    const volume = await waldurObjects.read(
      ctx,
      subject("volume", place.volume, prior?.name, placeIn(prior, placeOf)),
    );
    if (volume === undefined) return undefined;
    const snapshot = volume.snapshotId ?? place.snapshot;
    const outputs = observed(restorationTable, shown(volume, snapshot, place.created), prior ?? {});
    return { id: uuid, inputs: argumentsOf<SnapshotRestorationInputs>(restorationTable, outputs), outputs };
  },

  async update(id, olds, news, ctx) {
    const uuid = olds.volumeId ?? (await search(ctx, ctx.client.uuid("id", id)))?.volume;
    if (uuid === undefined) throw new UserError(`restoration ${id} no longer exists; run "pulumi refresh"`);
    const inputs = { ...news, snapshotId: ctx.client.uuid("snapshotId", news.snapshotId) };
    const of = shape(ctx, uuid, inputs.snapshotId, olds.createdAt);
    return keeping(keptAs(id, of, inputs, olds), async () => {
      const now = await waldurObjects.mended(ctx, { kind: "volume", id: uuid });
      if (now === undefined) throw new UserError(`volume ${uuid} no longer exists; run "pulumi refresh"`);
      await waitRestored(ctx, now);
      await apply(ctx, now, olds, inputs);
      return stateAfter(of, inputs);
    });
  },

  async delete(id, state, ctx) {
    if (state.onDestroy === "keep") return;
    const uuid = state.volumeId ?? (await search(ctx, ctx.client.uuid("id", id)))?.volume;
    if (uuid === undefined) return;
    const now = await waldurObjects.settled(ctx, { kind: "volume", id: uuid, place: placeOf(state) });
    if (now !== undefined) await terminateVolume(ctx, now);
  },
};

/** The restored volume is in the project of the snapshot. */
function placeOf({ projectId, snapshotId, createdAt: created }: Partial<SnapshotRestorationState>): Place {
  const id = uuidIn(snapshotId);
  const beside = id === undefined ? undefined : { kind: "snapshot", id };
  return { project: projectId, beside, created };
}

/** Brings a restored volume to what is declared. @param now as it was just read, ready */
async function apply(
  ctx: WaldurContext,
  now: WireVolume,
  olds: SnapshotRestorationState,
  inputs: SnapshotRestorationInputs,
): Promise<void> {
  const before = observed(restorationTable, shown(now, inputs.snapshotId, olds.createdAt), olds);
  const changes = differences(restorationTable.rules, before, inputs);
  const { name, description } = Object.fromEntries(changes.map(({ property, wanted }) => [property, wanted]));
  await changeVolume(ctx, now, defined({ name, description }));
}

/** The restoration that made a volume, found by the volume's URL. */
async function rowOf(
  ctx: WaldurContext,
  snapshot: string,
  volume: string,
): Promise<WireRestoration | undefined> {
  const path = ctx.client.path("openstack-snapshots", snapshot, "restorations");
  const read = () => ctx.client.http.request({ method: "GET", path, signal: ctx.signal });
  const { body } = await patiently(ctx, read);
  const rows = fromWire(snapshotFields.shape.restorations, body) ?? [];
  return rows.find((row) => sameReference(row.volumeId, volume));
}

/** Finds a restoration by its uuid alone: there is no endpoint for one, so the snapshots are gone through. */
async function search(
  ctx: WaldurContext,
  uuid: string,
): Promise<{ snapshot: string; volume: string; created: string | undefined } | undefined> {
  const fields = snapshotFields.pick({ uuid: true, restorations: true });
  const query = { field: ["uuid", "restorations"] };
  for (const snapshot of await ctx.client.all("openstack-snapshots", fields, query, ctx.signal)) {
    const row = snapshot.restorations?.find((restoration) => restoration.uuid === uuid);
    const volume = row?.volumeId;
    if (volume) return { snapshot: snapshot.uuid, volume, created: row?.createdAt };
  }
  return undefined;
}

/** An Erred volume comes without a reason (contract, "failed restore"); what can be known is said instead. */
async function waitRestored(ctx: WaldurContext, volume: Pick<WireVolume, "uuid" | "name">): Promise<void> {
  try {
    const on = subject("volume", volume.uuid, volume.name);
    await waldurObjects.waitReady(ctx, on, { operation: "restore", fresh: true });
  } catch (error) {
    const now = await waldurObjects.read(ctx, { kind: "volume", id: volume.uuid }).catch(() => undefined);
    if (now === undefined || seenOf(now).meaning !== "failed" || !(error instanceof Error)) throw error;
    error.message +=
      `; state in the cloud "${now.runtimeState || "none"}", id there ${now.backendId ?? "none"}, marketplace resource ` +
      `${now.marketplaceResourceState ?? "unknown"}: the cloud's own log of that time says more`;
    throw error;
  }
}

/** The restored volume's uuid, and when it was restored, are kept: no later answer holds both. */
const shape = (ctx: WaldurContext, uuid: string, snapshot: string, created: string | undefined) => ({
  locals: restorationTable.locals,
  look: async () => shown(await waldurObjects.existing(ctx, { kind: "volume", id: uuid }), snapshot, created),
});

function shown(
  volume: WireVolume,
  snapshot: string | undefined,
  created: string | undefined,
): SnapshotRestorationState {
  return defined({
    snapshotId: snapshot,
    name: volume.name,
    description: shownDescription(volume),
    volumeId: volume.uuid,
    volumeUrl: volume.url,
    volumeState: volume.state,
    volumeRuntimeState: volume.runtimeState,
    size: volume.size,
    createdAt: created ?? volume.createdAt,
    projectId: volume.projectId,
    marketplaceResource: volume.marketplaceResourceUuid,
  });
}

/** The arguments that declare a restoration exactly as it is. @param volume the restored one */
export function inputsOf(volume: WireVolume): Partial<SnapshotRestorationInputs> {
  const outputs = shown(volume, volume.snapshotId, undefined);
  return argumentsOf<SnapshotRestorationInputs>(restorationTable, outputs);
}
