import { UserError } from "../../core/errors";
import { differences, keyChanges } from "../../core/resource/diff";
import { argumentsOf, observed } from "../../core/resource/field";
import type { Lifecycle } from "../../core/resource/lifecycle";
import { type Place, placeIn, subject } from "../../core/resource/object";
import { keeping, keptAs, stateAfter } from "../../core/resource/partial";
import { defined } from "../../core/values";
import { cinder } from "../backend";
import type { CinderClient } from "../client";
import { volumeSize } from "../fields";
import { visibleMetadata } from "../metadata";
import { writeMetadata } from "../metadataChange";
import { type CinderContext, cinderObjects } from "../object";
import { uuidOf } from "../references";
import { changeVolume } from "./change";
import { createVolume } from "./create";
import { deleteVolume, removeVolume } from "./delete";
import { sources, type VolumeInputs, type VolumeRow, type VolumeState, volumeTable } from "./schema";

/** A volume, in Cinder. */
export const volumeLifecycle: Lifecycle<CinderClient, VolumeInputs, VolumeState> = {
  type: "cinder:Volume",
  description: "A volume of OpenStack's own Cinder.",
  backend: cinder,
  ...volumeTable,
  facts: {
    sizePerGib: 1,
    created: "createdAt",
    from: { snapshot: "snapshotId", volume: "sourceVolumeId" },
    volumeType: { argument: "volumeType" },
  },
  autoName: { property: "name", longest: 255 },

  check(news) {
    const [source, another] = sources.filter((property) => news[property] !== undefined);
    if (source && another)
      return [
        { property: another, reason: `a volume is made from ${source} or from ${another}, not from both` },
      ];
    if (news.size === undefined && (source === undefined || source === "imageId")) {
      const reason = "size is required, unless the volume is made from a snapshot or a volume";
      return [{ property: "size", reason }];
    }
    return [];
  },

  diff: (olds, news) => differences(volumeTable.rules, olds, news),

  permit: async (_id, olds, news, changes) => volumeSize.refuseShrinking(changes, olds.size, news.size),

  async create(inputs, ctx) {
    const since = ctx.clock.now();
    const { object, takenUp, finish } = await createVolume(ctx, inputs, "cinder:Volume");
    const { id, projectId, size, createdAt } = object;
    const begun = defined({ projectId, size, createdAt });
    const of = shape(ctx, id);
    const settle = async () => {
      const on = subject("volume", id, inputs.name);
      await cinderObjects.waitReady(ctx, on, { operation: "create", fresh: true, since });
      if (takenUp) await apply(ctx, await cinderObjects.existing(ctx, on), volumeSize.asked(inputs), inputs);
    };
    const outputs = await keeping(keptAs(id, of, inputs, begun), async () => {
      await finish(settle, (extra) => removeVolume(ctx, extra));
      return stateAfter(of, inputs);
    });
    return { id, outputs };
  },

  async read(given, ctx, prior = {}) {
    const id = uuidOf("id", given);
    const volume = await cinderObjects.read(ctx, subject("volume", id, prior.name, placeIn(prior, placeOf)));
    if (volume === undefined) return undefined;
    const outputs = observed(volumeTable, shown(volume), prior);
    return { id, inputs: argumentsOf<VolumeInputs>(volumeTable, outputs), outputs };
  },

  async update(given, olds, news, ctx) {
    const id = uuidOf("id", given);
    const of = shape(ctx, id);
    return keeping(keptAs(id, of, news, olds), async () => {
      const now = await cinderObjects.ready(ctx, { kind: "volume", id });
      if (now === undefined) throw new UserError(`volume ${id} no longer exists; run "pulumi refresh"`);
      await apply(ctx, now, olds, news);
      return stateAfter(of, news);
    });
  },

  async delete(given, state, ctx) {
    const id = uuidOf("id", given);
    const now = await cinderObjects.settled(ctx, { kind: "volume", id, place: placeOf(state) });
    if (now === undefined) return;
    return deleteVolume(ctx, now, state.cascade ?? false);
  },
};

/** Brings a volume to what is declared. @param now as it was just read, ready */
async function apply(
  ctx: CinderContext,
  now: VolumeRow,
  olds: VolumeState,
  news: VolumeInputs,
): Promise<void> {
  const before = observed(volumeTable, shown(now), olds);
  const changes = differences(volumeTable.rules, before, news);
  const written = volumeSize.toWrite(changes, now.size);
  const values = Object.fromEntries(written.map(({ property, wanted }) => [property, wanted]));
  await changeVolume(ctx, now, values, news.retypeMigrationPolicy);
  const keys = keyChanges("metadata", before, news);
  await writeMetadata(ctx, subject("volume", now.id, now.name), keys);
}

function placeOf({ projectId, createdAt }: Partial<VolumeState>): Place {
  return { project: projectId, created: createdAt };
}

const shape = (ctx: CinderContext, id: string) => ({
  locals: volumeTable.locals,
  look: async () => shown(await cinderObjects.existing(ctx, { kind: "volume", id })),
});

function shown({ id: _id, metadata, attachments = [], ...volume }: VolumeRow): VolumeState {
  return { ...volume, metadata: visibleMetadata(metadata), attachments };
}

/** The arguments that declare a volume exactly as it is. */
export function inputsOf(volume: VolumeRow): Partial<VolumeInputs> {
  return argumentsOf<VolumeInputs>(volumeTable, shown(volume));
}
