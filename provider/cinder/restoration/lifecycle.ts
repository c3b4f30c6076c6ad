import { UserError } from "../../core/errors";
import { differences } from "../../core/resource/diff";
import { argumentsOf, observed } from "../../core/resource/field";
import { asObserved } from "../../core/resource/ignored";
import type { CheckFailure, Lifecycle } from "../../core/resource/lifecycle";
import { type Place, placeIn, type Subject, subject, type Waiting } from "../../core/resource/object";
import type { Created } from "../../core/resource/once/create";
import { keeping, keptAs, stateAfter } from "../../core/resource/partial";
import { defined } from "../../core/values";
import { cinder } from "../backend";
import type { CinderClient } from "../client";
import { volumeSize } from "../fields";
import { type CinderContext, cinderObjects } from "../object";
import { uuidOf } from "../references";
import type { SnapshotRow } from "../snapshot/schema";
import { changeVolume } from "../volume/change";
import { createVolume } from "../volume/create";
import { deleteVolume, removeVolume } from "../volume/delete";
import type { VolumeRow } from "../volume/schema";
import { revertVolume } from "./revert";
import { restorationTable, type SnapshotRestorationInputs, type SnapshotRestorationState } from "./schema";

/** A snapshot restored; its id is the new volume's, or that of the volume and that of the snapshot it went back to. */
export const snapshotRestorationLifecycle: Lifecycle<
  CinderClient,
  SnapshotRestorationInputs,
  SnapshotRestorationState
> = {
  type: "cinder:SnapshotRestoration",
  description: "The contents of a snapshot in a new volume, or in the volume that it was taken of.",
  backend: cinder,
  ...restorationTable,
  facts: {
    sizePerGib: 1,
    created: "createdAt",
    volumeId: "volumeId",
    status: "status",
    from: { snapshot: "snapshotId" },
    volumeType: { argument: "volumeType" },
    overwrites: { argument: "mode", value: "revert" },
  },
  autoName: { property: "name", longest: 255 },

  // A revert leaves the volume what it is called, and as large as it is.
  unechoed: ({ mode }) => (mode === undefined || mode === "new-volume" ? [] : restorationTable.echoes),

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
    const changes = differences(restorationTable.rules, olds, news);
    if (!changes.some(({ kind }) => kind === "replace"))
      volumeSize.refuseShrinking(olds.size, asObserved(news, olds).size);
    return changes;
  },

  async create(inputs, ctx) {
    const snapshotId = uuidOf("snapshotId", inputs.snapshotId);
    const snapshot = await cinderObjects.ready(ctx, { kind: "snapshot", id: snapshotId });
    if (snapshot === undefined) throw new UserError(`there is no snapshot ${snapshotId}`, "snapshotId");
    const known = { ...inputs, snapshotId };
    const since = ctx.clock.now();
    const { id, on, waiting, begun, made } = await begin(ctx, snapshot, known);
    const of = shape(ctx, on.id, snapshotId);
    const settle = async () => {
      await cinderObjects.waitReady(ctx, on, { ...waiting, since });
      if (made?.takenUp) await apply(ctx, await cinderObjects.existing(ctx, on), {}, known);
    };
    const outputs = await keeping(keptAs(id, of, known, { volumeId: on.id, ...begun }), async () => {
      await (made?.finish(settle, (extra) => removeVolume(ctx, extra)) ?? settle());
      return stateAfter(of, known);
    });
    return { id, outputs };
  },

  async read(id, ctx, prior = {}) {
    const { volumeId, revertedTo } = partsOf(id);
    const on = subject("volume", volumeId, prior.name, placeIn(prior, placeOf));
    const volume = await cinderObjects.read(ctx, on);
    if (volume === undefined) return undefined;
    const snapshotId = revertedTo ?? volume.snapshotId ?? prior.snapshotId;
    if (snapshotId === undefined) {
      throw new UserError(
        `volume ${volumeId} was not made from a snapshot: it can be a cinder.Volume, no restoration`,
      );
    }
    // The id alone tells of a revert, and who imports one need not confirm it.
    const state = revertedTo ? { mode: "revert" as const, confirmRevert: true, ...prior } : prior;
    const outputs = observed(restorationTable, shown(volume, snapshotId), state);
    return { id, inputs: argumentsOf<SnapshotRestorationInputs>(restorationTable, outputs), outputs };
  },

  async update(id, olds, news, ctx) {
    const { volumeId, revertedTo } = partsOf(id);
    const inputs = { ...news, snapshotId: uuidOf("snapshotId", news.snapshotId) };
    const of = shape(ctx, volumeId, inputs.snapshotId);
    return keeping(keptAs(id, of, inputs, olds), async () => {
      const now = await cinderObjects.ready(ctx, { kind: "volume", id: volumeId });
      if (now === undefined)
        throw new UserError(`volume ${volumeId} is not there any more; run "pulumi refresh"`);
      if (revertedTo === undefined) await apply(ctx, now, olds, inputs);
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
    const now = await cinderObjects.settled(ctx, { kind: "volume", id: volumeId, place: placeOf(state) });
    if (now !== undefined) await deleteVolume(ctx, now, false);
  },
};

/** Brings a restored volume to what is declared. @param now as it was just read, ready */
async function apply(
  ctx: CinderContext,
  now: VolumeRow,
  olds: SnapshotRestorationState,
  inputs: SnapshotRestorationInputs,
): Promise<void> {
  const before = observed(restorationTable, shown(now, inputs.snapshotId), olds);
  const updates = differences(restorationTable.rules, before, inputs).filter(({ kind }) => kind === "update");
  await changeVolume(ctx, now, Object.fromEntries(updates.map(({ property, wanted }) => [property, wanted])));
}

/** A restoration that the service is at. */
interface Begun {
  id: string;
  /** The volume that is filled. */
  on: Subject<"volume">;
  waiting: Waiting;
  /** What is known of the volume by then. */
  begun: Partial<Pick<SnapshotRestorationState, "projectId" | "size" | "createdAt">>;
  /** The new volume; absent in a revert, which makes none. */
  made?: Created<VolumeRow>;
}

/** Asks for the new volume, or for the revert, exactly once. */
async function begin(
  ctx: CinderContext,
  snapshot: SnapshotRow,
  inputs: SnapshotRestorationInputs,
): Promise<Begun> {
  if (inputs.mode === "revert") {
    const on = await revertVolume(ctx, snapshot);
    const begun = defined({ projectId: snapshot.projectId });
    return { id: `${on.id}/${snapshot.id}`, on, waiting: { operation: "revert" }, begun };
  }
  const made = await createVolume(ctx, inputs, "cinder:SnapshotRestoration");
  const { id, name, projectId, size, createdAt } = made.object;
  const on = subject("volume", id, name);
  const begun = defined({ projectId, size, createdAt });
  return { id, on, waiting: { operation: "restore", fresh: true }, begun, made };
}

/** The parts of an id: `<volume>`, or `<volume>/<snapshot>` of a revert. */
function partsOf(id: string): { volumeId: string; revertedTo?: string } {
  const [volume = "", snapshot] = id.split("/");
  const volumeId = uuidOf("id", volume);
  return snapshot === undefined ? { volumeId } : { volumeId, revertedTo: uuidOf("id", snapshot) };
}

/** The volume is in the project of the snapshot. */
function placeOf({ projectId, snapshotId, createdAt }: Partial<SnapshotRestorationState>): Place {
  const beside = snapshotId === undefined ? undefined : { kind: "snapshot", id: snapshotId };
  return { project: projectId, beside, created: createdAt };
}

const shape = (ctx: CinderContext, volumeId: string, snapshotId: string) => ({
  locals: restorationTable.locals,
  look: async () => shown(await cinderObjects.existing(ctx, { kind: "volume", id: volumeId }), snapshotId),
});

function shown(volume: VolumeRow, snapshotId: string): SnapshotRestorationState {
  const { id: volumeId, name, description, status, size, createdAt, projectId } = volume;
  const { volumeType, volumeTypeId, availabilityZone } = volume;
  return defined({
    ...{ snapshotId, volumeId, name, description, status, size, createdAt, projectId },
    ...{ volumeType, volumeTypeId, availabilityZone },
  });
}

/** The arguments that declare a restoration exactly as it is. @param volume the new one */
export function inputsOf(volume: VolumeRow): Partial<SnapshotRestorationInputs> {
  const outputs = shown(volume, volume.snapshotId ?? "");
  return argumentsOf<SnapshotRestorationInputs>(restorationTable, outputs);
}
