import { z } from "zod";
import { UserError } from "../../core/errors";
import {
  appliedKey,
  differences,
  localRule,
  type Rules,
  type State,
  sameString,
} from "../../core/resource/diff";
import { type CheckFailure, defaultTimeouts, type Lifecycle } from "../../core/resource/lifecycle";
import { keeping, keptAs, only, stateAfter } from "../../core/resource/partial";
import { defined } from "../../core/values";
import { cinder } from "../backend";
import { type CinderClient, dashed, uuidOf } from "../client";
import { descriptionField, nameField, reference, sameReference, sizeField } from "../fields";
import { meaningOf } from "../statuses";
import { changeVolume } from "../volume/change";
import { createVolume } from "../volume/create";
import { deleteVolume } from "../volume/delete";
import { type CinderContext, confirmGone, existing, fetch, settled, subject, waitReady } from "../waits";
import { volumeFields, type WireVolume } from "../wire";
import { revertVolume } from "./revert";

/** Arguments of a restoration. Block Storage API v3, Create a volume; Revert volume to snapshot. */
export const snapshotRestorationInputs = z.object({
  snapshotId: reference("The snapshot to restore: uuid. A change restores anew."),
  mode: z
    .enum(["new-volume", "revert"], { message: 'expected "new-volume" or "revert"' })
    .describe(
      '"new-volume": a new volume with the contents of the snapshot. "revert": the volume of the snapshot goes back to ' +
        "it, and what was written since is lost; only to the latest snapshot, and while it is not attached. A " +
        'change restores anew. Default: "new-volume".',
    )
    .meta({ default: "new-volume" })
    .optional(),
  confirmRevert: z
    .boolean()
    .describe('Has to be true for mode "revert", because that destroys data. Default: false.')
    .meta({ default: false })
    .optional(),
  name: nameField
    .describe(
      'Name of the new volume, at most 255 characters; "" for none. Default: the resource\'s name and 7 hex digits.',
    )
    .optional(),
  description: descriptionField.describe("Description of the new volume.").optional(),
  size: sizeField
    .describe(
      "Size of the new volume in GiB, at least the snapshot's; it can grow later. Default: the snapshot's.",
    )
    .optional(),
  volumeType: z
    .string()
    .min(1, { message: "expected a name or a uuid" })
    .describe(
      "Type of the new volume: name or uuid. A change restores anew. Default: that of the snapshot's volume.",
    )
    .optional(),
  availabilityZone: z
    .string()
    .min(1, { message: "expected the name of a zone" })
    .describe(
      "Availability zone of the new volume. A change restores anew. Default: that of the snapshot's volume.",
    )
    .optional(),
  onDestroy: z
    .enum(["terminate", "keep"], { message: 'expected "terminate" or "keep"' })
    .describe(
      'What becomes of the new volume when this is destroyed. Default: "terminate". Nothing undoes a revert.',
    )
    .meta({ default: "terminate" })
    .optional(),
});

/** What a restoration is: the volume that it filled. */
export const snapshotRestorationOutputs = z
  .object({
    snapshotId: z.string().optional().describe("UUID of the snapshot"),
    volumeId: z.string().optional().describe("UUID of the volume that has the contents of the snapshot"),
    name: volumeFields.shape.name.describe("Name of that volume"),
    description: volumeFields.shape.description.describe("Description of that volume"),
    status: volumeFields.shape.status.describe("Status of that volume"),
    size: volumeFields.shape.size.describe("Size of that volume in GiB"),
    volumeType: volumeFields.shape.volumeType,
    volumeTypeId: volumeFields.shape.volumeTypeId,
    availabilityZone: volumeFields.shape.availabilityZone,
    createdAt: volumeFields.shape.createdAt.describe("Time of creation of that volume, ISO 8601"),
    projectId: volumeFields.shape.projectId,
  })
  .required({ snapshotId: true, volumeId: true, status: true, size: true, createdAt: true });

/** Arguments after the check. */
export type SnapshotRestorationInputs = z.output<typeof snapshotRestorationInputs>;
/** Arguments that only the state knows. */
const locals = ["mode", "confirmRevert", "onDestroy"] as const;
/** State: the volume as the service said last, and the arguments that only the state knows. */
export type SnapshotRestorationState = Partial<z.output<typeof snapshotRestorationOutputs>> &
  Pick<SnapshotRestorationInputs, (typeof locals)[number]> &
  State;

const always: Rules = {
  snapshotId: { kind: "replace", same: sameReference },
  mode: { ...localRule("new-volume"), kind: "replace" },
  confirmRevert: localRule(false),
  onDestroy: localRule("terminate"),
};

const ofNewVolume: Rules = {
  name: { kind: "update", same: sameString },
  description: { kind: "update", same: sameString, reset: "" },
  size: { kind: "update" },
  volumeType: { kind: "replace" },
  availabilityZone: { kind: "replace" },
};

/** A snapshot restored; its id is the new volume's, or that of the volume and that of the snapshot it went back to. */
export const snapshotRestorationLifecycle: Lifecycle<
  CinderClient,
  SnapshotRestorationInputs,
  SnapshotRestorationState
> = {
  type: "cinder:SnapshotRestoration",
  description: "The contents of a snapshot in a new volume, or in the volume that it was taken of.",
  backend: cinder,
  inputs: snapshotRestorationInputs,
  outputs: snapshotRestorationOutputs,
  timeouts: defaultTimeouts,
  locals,
  stable: ["volumeId", "createdAt", "projectId", "availabilityZone"],
  replaces: ["snapshotId", "mode"],
  autoName: { property: "name", longest: 255 },

  check(news) {
    if (news.mode !== "revert") return [];
    const failures: CheckFailure[] = (["description", "size", "volumeType", "availabilityZone"] as const)
      .filter((property) => news[property] !== undefined)
      .map((property) => ({
        property,
        reason: 'a revert makes no new volume; leave it out, or use mode "new-volume"',
      }));
    if (news.confirmRevert === undefined || news.confirmRevert === false) {
      failures.push({
        property: "confirmRevert",
        reason:
          "a revert overwrites the volume with the snapshot: what was written since is lost. Set confirmRevert: true " +
          'if that is what you want, or use mode "new-volume"',
      });
    }
    return failures;
  },

  diff(olds, news) {
    const changes = differences(rulesFor(olds, news), olds, news);
    if (changes.some(({ kind }) => kind === "replace")) return changes;
    const shrinking =
      changes.some(({ property }) => property === "size") && (news.size ?? 0) < (olds.size ?? 0);
    if (shrinking) {
      throw new UserError(
        `size: ${news.size} GiB is less than the ${olds.size} GiB that the volume has; it cannot shrink`,
      );
    }
    return changes;
  },

  async create(inputs, ctx) {
    const snapshotId = uuidOf("snapshotId", inputs.snapshotId);
    const snapshot = await settled(ctx, { kind: "snapshot", id: snapshotId });
    if (snapshot === undefined) throw new UserError(`snapshotId: there is no snapshot ${snapshotId}`);
    if (meaningOf("snapshot", snapshot.status) === "failed")
      await waitReady(ctx, subject("snapshot", snapshotId, snapshot.name));
    const known = { ...inputs, snapshotId };
    const since = ctx.clock.now();
    if (inputs.mode === "revert") {
      const volumeId = snapshot.volumeId ?? "";
      const id = `${volumeId}/${snapshotId}`;
      const on = await revertVolume(ctx, snapshot);
      const of = shape(ctx, volumeId, snapshotId);
      const begun = defined({ volumeId, projectId: snapshot.projectId });
      const outputs = await keeping(keptAs(id, of, known, begun), async () => {
        await waitReady(ctx, on, { operation: "revert", since });
        return stateAfter(of, known);
      });
      return { id, outputs };
    }
    const made = await createVolume(ctx, known);
    const of = shape(ctx, made.id, snapshotId);
    const begun = defined({ volumeId: made.id, projectId: made.projectId, size: made.size });
    const outputs = await keeping(keptAs(made.id, of, known, begun), async () => {
      await waitReady(ctx, subject("volume", made.id, made.name), {
        operation: "restore",
        fresh: true,
        since,
      });
      return stateAfter(of, known);
    });
    return { id: made.id, outputs };
  },

  async read(id, ctx, prior) {
    const { volumeId, revertedTo } = partsOf(id);
    const volume = await fetch(ctx, { kind: "volume", id: volumeId });
    if (volume === undefined) {
      await confirmGone(ctx, subject("volume", volumeId, prior?.name).what, prior?.projectId);
      return undefined;
    }
    const snapshotId = revertedTo ?? volume.snapshotId ?? prior?.snapshotId;
    if (snapshotId === undefined) {
      throw new UserError(
        `volume ${volumeId} was not made from a snapshot: it can be a cinder.Volume, no restoration`,
      );
    }
    const mode = revertedTo ? ({ mode: "revert", confirmRevert: true } as const) : {};
    const kept = { ...mode, ...only(prior ?? {}, locals) };
    const outputs = { ...visible(volume, snapshotId), ...kept, [appliedKey]: prior?.[appliedKey] ?? {} };
    const { name = "", description, size, volumeType, availabilityZone } = outputs;
    const declared = revertedTo ? {} : defined({ description, size, volumeType, availabilityZone });
    return { id, inputs: { snapshotId, name, ...declared, ...kept }, outputs };
  },

  async update(id, olds, news, ctx) {
    const { volumeId, revertedTo } = partsOf(id);
    const inputs = { ...news, snapshotId: uuidOf("snapshotId", news.snapshotId) };
    const of = shape(ctx, volumeId, inputs.snapshotId);
    return keeping(keptAs(id, of, inputs, olds), async () => {
      const now = await settled(ctx, { kind: "volume", id: volumeId });
      if (now === undefined)
        throw new UserError(`volume ${volumeId} is not there any more; run "pulumi refresh"`);
      if (meaningOf("volume", now.status) === "failed")
        await waitReady(ctx, subject("volume", volumeId, now.name));
      if (revertedTo === undefined) {
        const observed = {
          ...visible(now, inputs.snapshotId),
          ...only(olds, locals),
          [appliedKey]: olds[appliedKey],
        };
        const changes = differences(ofNewVolume, observed, inputs).filter(({ kind }) => kind === "update");
        const wanted = Object.fromEntries(changes.map(({ property, wanted: value }) => [property, value]));
        await changeVolume(ctx, now, wanted, "never");
      }
      return stateAfter(of, inputs);
    });
  },

  async delete(id, state, ctx) {
    const { volumeId, revertedTo } = partsOf(id);
    if (revertedTo !== undefined) {
      ctx.warn(
        `volume ${volumeId} stays as it is: nothing undoes a revert, so destroying it here only forgets it`,
      );
      return;
    }
    if (state.onDestroy === "keep") return;
    const now = await settled(ctx, { kind: "volume", id: volumeId });
    if (now === undefined)
      return confirmGone(ctx, subject("volume", volumeId, state.name).what, state.projectId);
    return deleteVolume(ctx, now, false);
  },
};

/** A revert says nothing about the volume but its contents; a type may be declared by its uuid too. */
function rulesFor(olds: SnapshotRestorationState, news: Partial<SnapshotRestorationInputs>): Rules {
  if (news.mode === "revert") return always;
  const sameType = (now: unknown, declared: unknown, unchanged: boolean) => {
    const { volumeTypeId } = olds;
    if (now === declared || (volumeTypeId !== undefined && sameReference(volumeTypeId, declared)))
      return true;
    return unchanged && volumeTypeId === undefined && dashed(declared as string) !== undefined;
  };
  return { ...always, ...ofNewVolume, volumeType: { kind: "replace", same: sameType } };
}

/** The parts of an id: `<volume>`, or `<volume>/<snapshot>` of a revert. */
function partsOf(id: string): { volumeId: string; revertedTo?: string } {
  const [volume = "", snapshot] = id.split("/");
  const volumeId = uuidOf("id", volume);
  return snapshot === undefined ? { volumeId } : { volumeId, revertedTo: uuidOf("id", snapshot) };
}

const shape = (ctx: CinderContext, volumeId: string, snapshotId: string) => ({
  locals,
  look: async () => visible(await existing(ctx, { kind: "volume", id: volumeId }), snapshotId),
});

function visible(volume: WireVolume, snapshotId: string): SnapshotRestorationState {
  const {
    id,
    name,
    description,
    status,
    size,
    volumeType,
    volumeTypeId,
    availabilityZone,
    createdAt,
    projectId,
  } = volume;
  return defined({
    snapshotId,
    volumeId: id,
    name,
    description,
    status,
    size,
    volumeType,
    volumeTypeId,
    availabilityZone,
    createdAt,
    projectId,
  });
}
