import { UserError } from "../../core/errors";
import { replicatedMs } from "../../core/resource/absence";
import { differences } from "../../core/resource/diff";
import { untilReady } from "../../core/resource/goals";
import type { Lifecycle } from "../../core/resource/lifecycle";
import { type Place, placeIn, type Subject, subject } from "../../core/resource/object";
import { keeping, keptAs, stateAfter } from "../../core/resource/partial";
import { defined } from "../../core/values";
import { waldur } from "../backend";
import type { WaldurClient } from "../client";
import { actOn, type WaldurContext, waldurObjects } from "../object";
import { sameReference } from "../references";
import { withoutBootable } from "../volume/bootable";
import type { WireVolume } from "../wire";
import { attachmentTable, type VolumeAttachmentInputs, type VolumeAttachmentState } from "./schema";

/** A volume attached to an instance; its id is `<volume uuid>/<instance uuid>`. */
export const volumeAttachmentLifecycle: Lifecycle<
  WaldurClient,
  VolumeAttachmentInputs,
  VolumeAttachmentState
> = {
  type: "waldur:VolumeAttachment",
  description: "A volume attached to an instance.",
  backend: waldur,
  ...attachmentTable,
  facts: { sizePerGib: 1024, created: "createdAt" },
  // A volume can be attached to one instance at a time.
  deleteBeforeReplace: true,

  diff: (olds, news) => differences(attachmentTable.rules, olds, news),

  async create(inputs, ctx) {
    const volume = ctx.client.uuid("volumeId", inputs.volumeId);
    const instance = ctx.client.uuid("instanceId", inputs.instanceId);
    const id = `${volume}/${instance}`;
    const free = await volumeFor(ctx, volume, instance);
    const of = shape(ctx, volume, instance);
    if (free === "attached") return { id, outputs: await stateAfter(of, inputs) };
    const on = await attach(ctx, free, instance);
    const begun = defined({ projectId: free.projectId });
    const outputs = await keeping(
      keptAs(id, of, { volumeId: volume, instanceId: instance }, begun),
      async () => {
        await waitAttached(ctx, on, instance);
        return stateAfter(of, inputs);
      },
    );
    return { id, outputs };
  },

  async read(id, ctx, prior) {
    const [volume, instance] = idParts(id, ctx);
    const of = { kind: "volume", id: volume, place: placeIn(prior, placeOf) } as const;
    const now = await attached(ctx, instance, () => waldurObjects.read(ctx, of));
    if (now === undefined) return undefined;
    const inputs = { volumeId: volume, instanceId: instance };
    const as = { ...shape(ctx, volume, instance), look: async () => shown(now, instance) };
    return { id: `${volume}/${instance}`, inputs, outputs: await stateAfter(as, inputs) };
  },

  async update(id, olds, news, ctx) {
    // Every argument replaces; an update only goes on with one that was given up, has failed, or never came to be.
    const [volume, instance] = idParts(id, ctx);
    const of = shape(ctx, volume, instance);
    return keeping(keptAs(id, of, { ...news, volumeId: volume, instanceId: instance }, olds), async () => {
      const free = await volumeFor(ctx, volume, instance);
      const on = free === "attached" ? subject("volume", volume) : await attach(ctx, free, instance);
      await waitAttached(ctx, on, instance);
      return stateAfter(of, news);
    });
  },

  async delete(id, state, ctx) {
    const [volume, instance] = idParts(id, ctx);
    const of = { kind: "volume", id: volume, place: placeOf(state) } as const;
    const now = await attached(ctx, instance, () => waldurObjects.settled(ctx, of));
    if (now === undefined) return;
    const on = subject("volume", volume, now.name, placeOf(state));
    if (now.bootable) await withoutBootable(ctx, on, now, () => detach(ctx, on, instance));
    else await detach(ctx, on, instance);
    const after = await waldurObjects.read(ctx, on);
    if (sameReference(after?.instanceId, instance)) {
      throw new UserError(
        `${on.what} is still attached to instance ${instance} after the server detached it`,
      );
    }
  },
};

async function detach(ctx: WaldurContext, on: Subject<"volume">, instance: string): Promise<void> {
  await actOn(ctx, on, { method: "POST", action: "detach", instance }, (after) => {
    return after === undefined || after.instanceId === undefined || after.action === "Detach";
  });
  await waldurObjects.waitReady(ctx, on, { operation: "detach" });
}

function placeOf({ projectId }: Partial<VolumeAttachmentState>): Place {
  return { project: projectId };
}

/**
 * The volume while it is attached to an instance. That it is not is believed when it is seen twice, with a pause after
 * which every replica knows of an attachment: when it was made, no answer tells.
 */
async function attached(
  ctx: WaldurContext,
  instance: string,
  look: () => Promise<WireVolume | undefined>,
): Promise<WireVolume | undefined> {
  const first = await look();
  if (first === undefined || sameReference(first.instanceId, instance)) return first;
  await ctx.clock.sleep(replicatedMs, ctx.signal);
  const second = await look();
  return second && sameReference(second.instanceId, instance) ? second : undefined;
}

function idParts(id: string, ctx: WaldurContext): [volume: string, instance: string] {
  const [volume = "", instance = ""] = id.split("/");
  return [ctx.client.uuid("id", volume), ctx.client.uuid("id", instance)];
}

/** The volume when it is free to be attached; one that is busy, or just on its way off, is waited for. */
async function volumeFor(ctx: WaldurContext, id: string, instance: string): Promise<WireVolume | "attached"> {
  const now = await waldurObjects.ready(ctx, { kind: "volume", id });
  if (now === undefined) throw new UserError(`there is no volume ${id}`, "volumeId");
  if (now.instanceId === undefined) return now;
  if (sameReference(now.instanceId, instance)) return "attached";
  throw new UserError(
    `volume "${now.name}" (${id}) is attached to instance "${now.instanceName}" (${now.instanceId}); ` +
      "a volume can be attached to one instance at a time",
  );
}

/** Asks for the attachment. */
async function attach(ctx: WaldurContext, free: WireVolume, instance: string): Promise<Subject<"volume">> {
  const on = subject("volume", free.uuid, free.name);
  const body = { instance: ctx.client.url("openstack-instances", instance) };
  // The instance shows at once, before the volume is in use.
  await actOn(ctx, on, { method: "POST", action: "attach", body, instance }, (now) =>
    sameReference(now?.instanceId, instance),
  );
  return on;
}

function waitAttached(ctx: WaldurContext, on: Subject<"volume">, instance: string): Promise<void> {
  const ready = untilReady();
  return waldurObjects.waitUntil(
    ctx,
    on,
    (seen, volume) => {
      const verdict = ready(seen);
      if (verdict.is !== "done" || sameReference(volume?.instanceId, instance)) return verdict;
      return { is: "failed", state: verdict.state, reason: `it is not attached to instance ${instance}` };
    },
    { operation: "attach" },
  );
}

const shape = (ctx: WaldurContext, volume: string, instance: string) => ({
  locals: attachmentTable.locals,
  look: async () => shown(await waldurObjects.existing(ctx, { kind: "volume", id: volume }), instance),
});

/** @param instance what it is to be attached to, where it is not yet */
function shown(now: WireVolume, instance: string): VolumeAttachmentState {
  const { instanceName, device, state, runtimeState, projectId } = now;
  const instanceId = now.instanceId ?? instance;
  return { volumeId: now.uuid, instanceId, instanceName, device, state, runtimeState, projectId };
}
