import { UserError } from "../../core/errors";
import { differences } from "../../core/resource/diff";
import { argumentsOf, observed } from "../../core/resource/field";
import type { Change, Lifecycle } from "../../core/resource/lifecycle";
import { type Place, placeIn, subject } from "../../core/resource/object";
import { keeping, keptAs, stateAfter } from "../../core/resource/partial";
import { defined, uuidIn } from "../../core/values";
import { waldur } from "../backend";
import type { WaldurClient } from "../client";
import { type WaldurContext, waldurObjects } from "../object";
import { followToEnd, followToVolume } from "../order/follow";
import { placeOrder } from "../order/place";
import { withdrawOrder } from "../order/withdraw";
import { pullOrWarn, unlink } from "../pullUnlink";
import { refuseUnlinkOfKept } from "../snapshot/kept";
import type { WireVolume } from "../wire";
import { changeVolume } from "./change";
import { terminateVolume } from "./delete";
import { volumeOrder } from "./order";
import { type VolumeInputs, type VolumeState, volumeSize, volumeTable } from "./schema";

/** A volume, in Waldur. */
export const volumeLifecycle: Lifecycle<WaldurClient, VolumeInputs, VolumeState> = {
  type: "waldur:Volume",
  description: "An OpenStack volume, ordered through Waldur's marketplace.",
  backend: waldur,
  ...volumeTable,
  facts: { sizePerGib: 1024, created: "createdAt", volumeId: "uuid", volumeType: { argument: "volumeType" } },
  autoName: { property: "name", longest: 150 },

  diff: (olds, news) => differences(volumeTable.rules, olds, news),

  async permit(_id, olds, news, changes) {
    volumeSize.refuseShrinking(changes, olds.size, news.size);
    refuseOrdered(changes);
  },

  async create(inputs, ctx) {
    const request = await volumeOrder(ctx, inputs);
    const { object: order, finish } = await placeOrder(ctx, request);
    const id = await followToVolume(ctx, order, inputs.approve ?? false);
    ctx.client.claimed.add(id);
    const of = shape(ctx, id);
    const settle = async () => {
      const on = subject("volume", id, inputs.name);
      await waldurObjects.waitReady(ctx, on, { operation: "create", fresh: true });
      await followToEnd(ctx, order, "order volume");
      // What an order cannot say (bootable), or an earlier run's order said differently.
      await apply(ctx, id, volumeSize.asked(inputs), inputs);
    };
    const outputs = await keeping(
      keptAs(id, of, inputs, defined({ createdAt: order.createdAt })),
      async () => {
        await finish(settle, (extra) => withdrawOrder(ctx, extra, request.project));
        return stateAfter(of, inputs);
      },
    );
    return { id, outputs };
  },

  async read(given, ctx, prior = {}) {
    const id = ctx.client.uuid("id", given);
    const on = subject("volume", id, prior.name, placeIn(prior, placeOf));
    if (prior.pullOnRefresh) await pullOrWarn(ctx, on);
    const volume = await waldurObjects.read(ctx, on);
    if (volume === undefined) return undefined;
    const outputs = observed(volumeTable, shown(volume), prior);
    return { id, inputs: argumentsOf<VolumeInputs>(volumeTable, outputs), outputs };
  },

  async update(given, olds, news, ctx) {
    const id = ctx.client.uuid("id", given);
    const of = shape(ctx, id);
    return keeping(keptAs(id, of, news, olds), async () => {
      await apply(ctx, id, olds, news);
      return stateAfter(of, news);
    });
  },

  async delete(given, state, ctx) {
    const id = ctx.client.uuid("id", given);
    const now = await waldurObjects.settled(ctx, { kind: "volume", id, place: placeOf(state) });
    if (now === undefined) return;
    if (state.deletion !== "unlink") return terminateVolume(ctx, now);
    await refuseUnlinkOfKept(ctx, now);
    return unlink(ctx, subject("volume", id, now.name, placeOf(state)));
  },
};

/** Before anything of it was read, the state has the project as it was declared. */
function placeOf({ projectId, createdAt: created }: Partial<VolumeState>): Place {
  return { project: uuidIn(projectId), created };
}

/** @throws UserError for changes that only an order takes */
function refuseOrdered(changes: readonly Change[]): void {
  const ordered = changes.find(({ property }) => property === "planId" || property === "limits");
  // A volume that is replaced for another reason is ordered with them.
  const replaced = changes.some(({ kind }) => kind === "replace");
  if (ordered && !replaced) {
    throw new UserError(
      "it is used when a volume is ordered, and cannot be changed here afterwards. " +
        'Take the change back, or make a new volume with "pulumi up --replace <urn>".',
      ordered.property,
    );
  }
}

/** Brings a volume to what is declared, once nothing is going on with it. */
async function apply(ctx: WaldurContext, id: string, olds: VolumeState, news: VolumeInputs): Promise<void> {
  const now = await waldurObjects.ready(ctx, { kind: "volume", id });
  if (now === undefined) throw new UserError(`volume ${id} no longer exists; run "pulumi refresh"`);
  const changes = differences(volumeTable.rules, observed(volumeTable, shown(now), olds), news);
  refuseOrdered(changes);
  const written = volumeSize.toWrite(changes, now.size);
  const values = Object.fromEntries(written.map(({ property, wanted }) => [property, wanted]));
  await changeVolume(ctx, now, values, news.bootable);
}

const shape = (ctx: WaldurContext, id: string) => ({
  locals: volumeTable.locals,
  look: async () => shown(await waldurObjects.existing(ctx, { kind: "volume", id })),
});

function shown(volume: WireVolume): VolumeState {
  const known = new Set(Object.keys(volumeTable.outputs.shape));
  return {
    ...Object.fromEntries(Object.entries(volume).filter(([key]) => known.has(key))),
    ...defined({
      marketplaceResource: volume.marketplaceResourceUuid,
      offeringId: volume.marketplaceOfferingUuid,
      planId: volume.marketplacePlanUuid,
    }),
    attached: volume.instanceId !== undefined,
  };
}

/** The arguments that declare a volume exactly as it is. */
export function inputsOf(volume: WireVolume): Partial<VolumeInputs> {
  return argumentsOf<VolumeInputs>(volumeTable, shown(volume));
}
