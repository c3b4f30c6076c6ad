import { z } from "zod";
import { UserError } from "../../core/errors";
import {
  applied,
  appliedKey,
  differences,
  type Rules,
  replacing,
  type State,
} from "../../core/resource/diff";
import { defaultTimeouts, type Lifecycle } from "../../core/resource/lifecycle";
import { keeping } from "../../core/resource/partial";
import { uuidIn } from "../../core/values";
import { act, confirmGone } from "../act";
import { waldur } from "../backend";
import type { WaldurClient } from "../client";
import { reference, sameReference } from "../references";
import { normalState, untilOk } from "../states";
import { existing, fetch, settled, subject, type WaldurContext, waitOk, waitOn } from "../waits";
import { volumeFields, type WireVolume } from "../wire";

/** Arguments of an attachment. API page: Openstack Volumes, attach. */
export const volumeAttachmentInputs = z.object({
  volume: reference("The volume: uuid or URL. A change attaches anew."),
  instance: reference("The instance: uuid or URL. A change attaches anew."),
});

/** What an attachment is: the volume's side of it. */
export const volumeAttachmentOutputs = z.object({
  volume: z.string().describe("UUID of the volume"),
  instance: z.string().describe("UUID of the instance"),
  ...volumeFields.pick({
    instanceName: true,
    device: true,
    state: true,
    runtimeState: true,
    projectUuid: true,
  }).shape,
});

/** Arguments after the check. */
export type VolumeAttachmentInputs = z.output<typeof volumeAttachmentInputs>;
/** State of an attachment. */
export type VolumeAttachmentState = Partial<z.output<typeof volumeAttachmentOutputs>> & State;

const other = {
  kind: "replace",
  same: (now: unknown, declared: unknown) => sameReference(now as string, declared as string),
} as const;
const rules: Rules = { volume: other, instance: other };

/** A volume attached to an instance; its id is `<volume uuid>/<instance uuid>`. */
export const volumeAttachmentLifecycle: Lifecycle<
  WaldurClient,
  VolumeAttachmentInputs,
  VolumeAttachmentState
> = {
  type: "waldur:VolumeAttachment",
  description: "A volume attached to an instance.",
  backend: waldur,
  inputs: volumeAttachmentInputs,
  outputs: volumeAttachmentOutputs,
  timeouts: defaultTimeouts,
  replaces: replacing(rules),
  // A volume can be attached to one instance at a time.
  deleteBeforeReplace: true,

  diff: (olds, news) => differences(rules, olds, news),

  async create(inputs, ctx) {
    const volume = ctx.client.uuid("volume", inputs.volume);
    const instance = ctx.client.uuid("instance", inputs.instance);
    const id = `${volume}/${instance}`;
    const free = await volumeFor(ctx, volume, instance);
    const kept = {
      id,
      fallback: { volume, instance, [appliedKey]: applied(inputs) },
      outputs: async () => outputsOf(await existing(ctx, { kind: "volume", uuid: volume }), inputs),
    };
    if (free === "attached") return { id, outputs: await kept.outputs() };
    const on = subject("volume", volume, free.name);
    await act(ctx, {
      on,
      send: () =>
        ctx.client.send(
          "POST",
          ctx.client.path("openstack-volumes", volume, "attach"),
          { instance: ctx.client.url("openstack-instances", instance) },
          ctx.signal,
        ),
      // The instance shows at once, before the volume is in use.
      happened: (now) => sameReference((now as WireVolume | undefined)?.instance, instance),
    });
    const outputs = await keeping(kept, async () => {
      await waitAttached(ctx, on, instance);
      return kept.outputs();
    });
    return { id, outputs };
  },

  async read(id, ctx, prior) {
    const [volume, instance] = idParts(id, ctx);
    const now = await fetch(ctx, { kind: "volume", uuid: volume });
    if (now === undefined) {
      await confirmGone(ctx, subject("volume", volume).what, prior?.projectUuid);
      return undefined;
    }
    if (!sameReference(now.instance, instance)) return undefined;
    const inputs = { volume, instance };
    return { id: `${volume}/${instance}`, inputs, outputs: outputsOf(now, inputs) };
  },

  async update(id, _olds, news, ctx) {
    // Every argument replaces; an update only goes on with an attachment that was given up.
    const [volume, instance] = idParts(id, ctx);
    const kept = {
      id,
      fallback: { volume, instance, [appliedKey]: applied(news) },
      outputs: async () => outputsOf(await existing(ctx, { kind: "volume", uuid: volume }), news),
    };
    return keeping(kept, async () => {
      await waitAttached(ctx, subject("volume", volume), instance);
      return kept.outputs();
    });
  },

  async delete(id, state, ctx) {
    const [volume, instance] = idParts(id, ctx);
    const now = await settled(ctx, { kind: "volume", uuid: volume });
    if (now === undefined) return confirmGone(ctx, subject("volume", volume).what, state.projectUuid);
    if (!sameReference(now.instance, instance)) return;
    const on = subject("volume", volume, now.name);
    await act(ctx, {
      on,
      send: () =>
        ctx.client.send(
          "POST",
          ctx.client.path("openstack-volumes", volume, "detach"),
          undefined,
          ctx.signal,
        ),
      happened: (after) => after === undefined || isLeaving(after as WireVolume),
    });
    await waitOk(ctx, on, "detach");
    const after = await fetch(ctx, { kind: "volume", uuid: volume });
    if (sameReference(after?.instance, instance)) {
      throw new UserError(
        `${on.what} is still attached to instance ${instance} after the server detached it`,
      );
    }
  },
};

function idParts(id: string, ctx: WaldurContext): [volume: string, instance: string] {
  const [volume = "", instance = ""] = id.split("/");
  return [ctx.client.uuid("id", volume), ctx.client.uuid("id", instance)];
}

/** The volume when it is free to be attached; one that is busy, or just on its way off, is waited for. */
async function volumeFor(
  ctx: WaldurContext,
  uuid: string,
  instance: string,
): Promise<WireVolume | "attached"> {
  const now = await settled(ctx, { kind: "volume", uuid });
  if (now === undefined) throw new UserError(`volume: there is no volume ${uuid}`);
  if (normalState(now.state) === "ERRED") await waitOk(ctx, subject("volume", uuid, now.name), "update");
  if (now.instance === undefined) return now;
  if (sameReference(now.instance, instance)) return "attached";
  throw new UserError(
    `volume "${now.name}" (${uuid}) is attached to instance "${now.instanceName}" (${uuidIn(now.instance)}); ` +
      "a volume can be attached to one instance at a time",
  );
}

function waitAttached(ctx: WaldurContext, on: ReturnType<typeof subject>, instance: string): Promise<void> {
  return waitOn(ctx, on, {
    operation: "attach volume",
    classify: (seen) => {
      const verdict = untilOk(seen);
      if (verdict.is !== "done" || sameReference(seen?.instance, instance)) return verdict;
      return { is: "failed", state: verdict.state, reason: `it is not attached to instance ${instance}` };
    },
  });
}

function isLeaving(volume: WireVolume): boolean {
  return volume.instance === undefined || volume.action === "Detach";
}

function outputsOf(now: WireVolume, inputs: VolumeAttachmentInputs): VolumeAttachmentState {
  const { instanceName, device, state, runtimeState, projectUuid } = now;
  const volume = now.uuid;
  const instance = uuidIn(now.instance) ?? uuidIn(inputs.instance);
  return {
    volume,
    instance,
    instanceName,
    device,
    state,
    runtimeState,
    projectUuid,
    [appliedKey]: applied(inputs),
  };
}
