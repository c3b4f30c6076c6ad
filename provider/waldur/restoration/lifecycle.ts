import { z } from "zod";
import { UserError } from "../../core/errors";
import {
  appliedKey,
  differences,
  localRule,
  type Rules,
  replacing,
  type State,
  sameString,
} from "../../core/resource/diff";
import { defaultTimeouts, type Lifecycle } from "../../core/resource/lifecycle";
import { createOnce } from "../../core/resource/once";
import { keeping, keptAs, only, stateAfter } from "../../core/resource/partial";
import { defined, instantOf, uuidIn } from "../../core/values";
import { confirmGone, patiently } from "../act";
import { waldur } from "../backend";
import type { WaldurClient } from "../client";
import { descriptionField, nameField, reference, sameReference } from "../references";
import { normalState } from "../states";
import { changeVolume } from "../volume/change";
import { terminateVolume } from "../volume/delete";
import { existing, fetch, settled, subject, type WaldurContext, waitOk } from "../waits";
import { fromWire, snapshotFields, volumeFields, type WireRestoration, type WireVolume } from "../wire";

/** Arguments of a restoration. API page: Openstack Snapshots, Restore volume from snapshot. */
export const snapshotRestorationInputs = z.object({
  snapshot: reference(
    "The snapshot to restore: uuid or URL. A change restores anew, then the old volume goes.",
  ),
  name: nameField
    .describe(
      "Name of the new volume, at most 150 characters. Default: the resource's name and 7 hex digits.",
    )
    .optional(),
  description: descriptionField
    .describe('Description of the new volume. Default: "Restored from snapshot ...", by the server.')
    .optional(),
  onDestroy: z
    .enum(["terminate", "keep"], { message: 'expected "terminate" or "keep"' })
    .describe('What becomes of the restored volume when this is destroyed. Default: "terminate".')
    .meta({ default: "terminate" })
    .optional(),
});

/** What a restoration is. API page: `restorations`, and the volume that it made. */
export const snapshotRestorationOutputs = z
  .object({
    snapshot: z.string().optional().describe("UUID of the snapshot"),
    name: volumeFields.shape.name.describe("Name of the restored volume"),
    description: volumeFields.shape.description.describe("Description of the restored volume"),
    volume: z.string().optional().describe("UUID of the restored volume"),
    volumeUrl: z.string().optional().describe("URL of the restored volume"),
    volumeState: volumeFields.shape.state,
    volumeRuntimeState: volumeFields.shape.runtimeState,
    size: volumeFields.shape.size,
    created: z.string().optional().describe("Time of the restoration, ISO 8601"),
    projectUuid: volumeFields.shape.projectUuid,
    marketplaceResource: z.string().optional().describe("UUID of the restored volume's marketplace resource"),
  })
  .required({
    snapshot: true,
    name: true,
    volume: true,
    volumeUrl: true,
    volumeState: true,
    size: true,
    created: true,
  });

/** Arguments after the check. */
export type SnapshotRestorationInputs = z.output<typeof snapshotRestorationInputs>;
/** State: the restored volume as the server said last. */
export type SnapshotRestorationState = Partial<z.output<typeof snapshotRestorationOutputs>> &
  Pick<SnapshotRestorationInputs, "onDestroy"> &
  State;

/** Arguments that only the state knows. */
const locals = ["onDestroy"] as const;

const rules: Rules = {
  snapshot: {
    kind: "replace",
    same: (now, declared) => sameReference(now as string, declared as string),
  },
  name: { kind: "update", same: sameString },
  description: { kind: "update", same: sameString, reset: "" },
  onDestroy: localRule("terminate"),
};

/** A volume restored from a snapshot; its id is the restoration's uuid. */
export const snapshotRestorationLifecycle: Lifecycle<
  WaldurClient,
  SnapshotRestorationInputs,
  SnapshotRestorationState
> = {
  type: "waldur:SnapshotRestoration",
  description: "A new volume with the contents of a snapshot.",
  backend: waldur,
  inputs: snapshotRestorationInputs,
  outputs: snapshotRestorationOutputs,
  timeouts: defaultTimeouts,
  locals,
  echoes: ["name", "description"],
  stable: ["volume", "volumeUrl", "size", "created", "projectUuid", "marketplaceResource"],
  replaces: replacing(rules),
  autoName: { property: "name", longest: 150 },

  diff: (olds, news) => differences(rules, olds, news),

  async create(inputs, ctx) {
    const snapshot = ctx.client.uuid("snapshot", inputs.snapshot);
    const before = await settled(ctx, { kind: "snapshot", uuid: snapshot });
    if (before === undefined) throw new UserError(`snapshot: there is no snapshot ${snapshot}`);
    if (normalState(before.state) === "ERRED")
      await waitOk(ctx, subject("snapshot", snapshot, before.name), "update");
    const volume = await restore(inputs, snapshot, ctx);
    const row = await rowOf(ctx, snapshot, volume.uuid).catch(() => undefined);
    // Should the row stay out of reach, the volume's own uuid keeps the volume in the state.
    const id = row?.uuid ?? volume.uuid;
    const of = shape(ctx, volume.uuid, snapshot, row?.created);
    const known = { ...inputs, snapshot };
    const begun = defined({ volume: volume.uuid, created: row?.created });
    const outputs = await keeping(keptAs(id, of, known, begun), async () => {
      await waitRestored(ctx, volume);
      return stateAfter(of, known);
    });
    return { id, outputs };
  },

  async read(id, ctx, prior) {
    const uuid = ctx.client.uuid("id", id);
    const place = prior?.volume
      ? { snapshot: prior.snapshot, volume: prior.volume }
      : await search(ctx, uuid);
    if (place === undefined) return undefined;
    // The row goes with the snapshot; what it made lives on, and so does this resource.
    const volume = await fetch(ctx, { kind: "volume", uuid: place.volume });
    if (volume === undefined) {
      await confirmGone(ctx, subject("volume", place.volume, prior?.name).what, prior?.projectUuid);
      return undefined;
    }
    const snapshot = uuidIn(volume.sourceSnapshot) ?? place.snapshot;
    const outputs = {
      ...visible(volume, snapshot, prior?.created),
      ...defined({ onDestroy: prior?.onDestroy }),
      [appliedKey]: prior?.[appliedKey] ?? {},
    };
    const { name, description } = outputs;
    return {
      id: uuid,
      inputs: defined({ snapshot, name, description, onDestroy: prior?.onDestroy }),
      outputs,
    };
  },

  async update(id, olds, news, ctx) {
    const uuid = olds.volume ?? (await search(ctx, ctx.client.uuid("id", id)))?.volume;
    if (uuid === undefined)
      throw new UserError(`restoration ${id} is not there any more; run "pulumi refresh"`);
    const inputs = { ...news, snapshot: ctx.client.uuid("snapshot", news.snapshot) };
    const of = shape(ctx, uuid, inputs.snapshot, olds.created);
    return keeping(keptAs(id, of, inputs, olds), async () => {
      const now = await settled(ctx, { kind: "volume", uuid });
      if (now === undefined)
        throw new UserError(`volume ${uuid} is not there any more; run "pulumi refresh"`);
      await waitRestored(ctx, now);
      const observed = {
        ...visible(now, inputs.snapshot, olds.created),
        ...only(olds, of.locals),
      };
      const changes = differences(rules, { ...observed, [appliedKey]: olds[appliedKey] }, inputs);
      const { name, description } = Object.fromEntries(
        changes.map(({ property, wanted }) => [property, wanted]),
      );
      await changeVolume(ctx, now, { name, description });
      return stateAfter(of, inputs);
    });
  },

  async delete(id, state, ctx) {
    if (state.onDestroy === "keep") return;
    const uuid = state.volume ?? (await search(ctx, ctx.client.uuid("id", id)))?.volume;
    if (uuid === undefined) return;
    const now = await settled(ctx, { kind: "volume", uuid });
    if (now === undefined)
      return confirmGone(ctx, subject("volume", uuid, state.name).what, state.projectUuid);
    return terminateVolume(ctx, now);
  },
};

/** Asks for the new volume, exactly once. */
async function restore(
  inputs: SnapshotRestorationInputs,
  snapshot: string,
  ctx: WaldurContext,
): Promise<WireVolume> {
  const { client } = ctx;
  const body = defined({ name: inputs.name, description: inputs.description });
  return createOnce<WireVolume>({
    what: `restored volume "${inputs.name}"`,
    clock: ctx.clock,
    signal: ctx.signal,
    timeoutMs: ctx.timeoutMs,
    attempt: async () => {
      const answer = await client.send(
        "POST",
        client.path("openstack-snapshots", snapshot, "restore"),
        body,
        ctx.signal,
      );
      return fromWire(volumeFields, answer.body);
    },
    find: async (since) => {
      const query = { snapshot_uuid: snapshot, name_exact: inputs.name, o: "-created" };
      const rows = await client.all("openstack-volumes", volumeFields, query, ctx.signal);
      // One second for the resolution of the server's Date header.
      return rows.filter(
        (row) => (instantOf(row.created ?? "") ?? 0) >= since + client.http.serverAheadMs - 1000,
      );
    },
    idOf: ({ uuid }) => uuid,
    claimed: ctx.client.claimed,
    describe: (row) => `volume "${row.name}" (${row.uuid}, created ${row.created})`,
  });
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
  return rows.find((row) => sameReference(row.volume, volume));
}

/** Finds a restoration by its uuid alone: there is no endpoint for one, so the snapshots are gone through. */
async function search(
  ctx: WaldurContext,
  uuid: string,
): Promise<{ snapshot: string; volume: string } | undefined> {
  const fields = snapshotFields.pick({ uuid: true, restorations: true });
  const query = { field: ["uuid", "restorations"] };
  for (const snapshot of await ctx.client.all("openstack-snapshots", fields, query, ctx.signal)) {
    const row = snapshot.restorations?.find((restoration) => restoration.uuid === uuid);
    const volume = uuidIn(row?.volume);
    if (volume) return { snapshot: snapshot.uuid, volume };
  }
  return undefined;
}

/** An Erred volume comes without a reason (contract, "failed restore"); what can be known is said instead. */
async function waitRestored(ctx: WaldurContext, volume: WireVolume): Promise<void> {
  try {
    await waitOk(ctx, subject("volume", volume.uuid, volume.name), "restore", true);
  } catch (error) {
    const now = await fetch(ctx, { kind: "volume", uuid: volume.uuid }).catch(() => undefined);
    if (now === undefined || normalState(now.state) !== "ERRED" || !(error instanceof Error)) throw error;
    error.message +=
      `; state in the cloud "${now.runtimeState || "none"}", id there ${now.backendId ?? "none"}, marketplace resource ` +
      `${now.marketplaceResourceState ?? "unknown"}: the cloud's own log of that time says more`;
    throw error;
  }
}

/** The restored volume's uuid, and when it was restored, are kept: no later answer holds both. */
const shape = (ctx: WaldurContext, uuid: string, snapshot: string, created: string | undefined) => ({
  locals,
  look: async () => visible(await existing(ctx, { kind: "volume", uuid }), snapshot, created),
});

function visible(
  volume: WireVolume,
  snapshot: string | undefined,
  created: string | undefined,
): SnapshotRestorationState {
  return defined({
    snapshot,
    name: volume.name,
    description: volume.description,
    volume: volume.uuid,
    volumeUrl: volume.url,
    volumeState: volume.state,
    volumeRuntimeState: volume.runtimeState,
    size: volume.size,
    created: created ?? volume.created,
    projectUuid: volume.projectUuid,
    marketplaceResource: volume.marketplaceResourceUuid,
  });
}
