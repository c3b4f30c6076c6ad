import { z } from "zod";
import { UserError } from "../../core/errors";
import {
  appliedKey,
  type Difference,
  differences,
  localRule,
  type Rules,
  type State,
  sameString,
} from "../../core/resource/diff";
import { defaultTimeouts, type Lifecycle } from "../../core/resource/lifecycle";
import { keeping, keptAs, only, stateAfter } from "../../core/resource/partial";
import { defined, hasUnknown, uuidIn } from "../../core/values";
import { confirmGone } from "../act";
import { waldur } from "../backend";
import type { WaldurClient } from "../client";
import { findEarlierOrder, followToEnd, followToVolume, placeOrder } from "../order";
import { pullQuietly, unlink } from "../pullUnlink";
import { descriptionField, nameField, reference, sameReference } from "../references";
import { refuseUnlinkOfKept } from "../snapshot/retention";
import { normalState } from "../states";
import { existing, fetch, settled, subject, type WaldurContext, waitOk } from "../waits";
import { volumeFields, type WireVolume } from "../wire";
import { changeVolume } from "./change";
import { terminateVolume } from "./delete";
import { volumeOrder } from "./order";

const gibibyte = 1024;

/** Arguments of a volume. Contract, "order create"; API page: Openstack Volumes, Update. */
export const volumeInputs = z.object({
  project: reference("The project: uuid or URL. A change makes a new volume."),
  offering: reference("The volume offering of the tenant: uuid or URL. A change makes a new volume."),
  size: z
    .int({ message: "expected a whole number of MiB" })
    .positive({ message: "expected a size above 0 MiB" })
    .refine((size) => size % gibibyte === 0, {
      message: "expected a multiple of 1024 MiB: clouds keep whole GiB",
    })
    .describe("Size in MiB, a multiple of 1024. Growth extends the volume in place; it can never shrink."),
  name: nameField
    .describe("Name in Waldur, at most 150 characters. Default: the resource's name and 7 hex digits.")
    .optional(),
  description: descriptionField.describe("Description, at most 2000 characters.").optional(),
  bootable: z.boolean().describe("Whether an instance can boot from it.").optional(),
  type: z
    .string()
    .min(1, { message: "expected a uuid, a URL or a name" })
    .describe(
      "Volume type: uuid, URL or exact name. A change retypes the volume in place; it must not be attached.",
    )
    .optional(),
  image: reference("The image to fill the volume with: uuid or URL. A change makes a new volume.").optional(),
  availabilityZone: reference("The availability zone: uuid or URL. A change makes a new volume.").optional(),
  plan: reference("The plan of the offering: uuid or URL. Used when the volume is ordered.").optional(),
  limits: z
    .record(z.string(), z.number(), { message: "expected an object of numbers" })
    .describe("Limits of the plan. Used when the volume is ordered.")
    .optional(),
  approve: z
    .boolean()
    .describe("Approve an order that waits for its consumer, if the token may. Default: false.")
    .meta({ default: false })
    .optional(),
  pullOnRefresh: z
    .boolean()
    .describe("Let a refresh ask the server to synchronise with OpenStack first. Default: false.")
    .meta({ default: false })
    .optional(),
  deletion: z
    .enum(["delete", "unlink"], { message: 'expected "delete" or "unlink"' })
    .describe(
      '"delete" terminates the volume; "unlink" only makes Waldur forget it and its snapshots, in OpenStack they ' +
        'stay (staff only). Default: "delete".',
    )
    .meta({ default: "delete" })
    .optional(),
});

/** What a volume is. API page: Openstack Volumes, Retrieve. */
export const volumeOutputs = volumeFields
  .pick({ url: true, uuid: true, name: true, description: true, size: true, bootable: true, state: true })
  .extend(volumeFields.pick({ runtimeState: true, backendId: true, tenant: true, tenantUuid: true }).shape)
  .extend(volumeFields.pick({ device: true, instance: true, instanceName: true, action: true }).shape)
  .extend(
    volumeFields.pick({ errorMessage: true, created: true, modified: true, sourceSnapshot: true }).shape,
  )
  .extend(volumeFields.pick({ image: true, imageName: true, type: true, typeName: true }).shape)
  .extend(volumeFields.pick({ availabilityZone: true, availabilityZoneName: true }).shape)
  .extend(volumeFields.pick({ project: true, projectName: true, projectUuid: true }).shape)
  .extend({
    marketplaceResource: z.string().optional().describe("UUID of the marketplace resource"),
    offering: z.string().optional().describe("UUID of the offering"),
    plan: z.string().optional().describe("UUID of the plan"),
    limits: volumeInputs.shape.limits,
    attached: z.boolean().describe("Whether it is attached to an instance"),
  })
  .required({ url: true, name: true, state: true, size: true, created: true, project: true, offering: true });

/** Arguments after the check. */
export type VolumeInputs = z.output<typeof volumeInputs>;
/** Arguments that only the state knows. */
const locals = ["approve", "pullOnRefresh", "deletion", "limits"] as const;
/** State: what the server said last, and the arguments that only the state knows. */
export type VolumeState = Partial<z.output<typeof volumeOutputs>> &
  Pick<VolumeInputs, (typeof locals)[number]> &
  State;

/** Where the server shows nothing (an image that was withdrawn, say), the last declaration counts. */
const fixed = {
  kind: "replace",
  same: (now: unknown, declared: unknown, unchanged: boolean) =>
    now === undefined ? unchanged : sameReference(now as string, declared as string),
} as const;

/** What makes a new volume by itself; another plan does not, as it is for the order only. */
const anewFor = ["project", "offering", "image", "availabilityZone"] as const;

const rules: Rules = {
  ...Object.fromEntries(anewFor.map((property) => [property, fixed])),
  name: { kind: "update", same: sameString },
  description: { kind: "update", same: sameString, reset: "" },
  bootable: { kind: "update" },
  // A cloud that keeps whole GiB may show less than the record did (contract, "extend").
  size: { kind: "update", same: (now, declared) => wholeGiB(now) === wholeGiB(declared) },
  type: { kind: "update", same: (now, declared) => sameReference(now as string, declared as string) },
  plan: fixed,
  limits: localRule(undefined),
  approve: localRule(false),
  pullOnRefresh: localRule(false),
  deletion: localRule("delete"),
};

/** A volume, in Waldur. */
export const volumeLifecycle: Lifecycle<WaldurClient, VolumeInputs, VolumeState> = {
  type: "waldur:Volume",
  description: "An OpenStack volume, ordered through Waldur's marketplace.",
  backend: waldur,
  inputs: volumeInputs,
  outputs: volumeOutputs,
  timeouts: defaultTimeouts,
  locals,
  echoes: ["name", "description", "size", "bootable"],
  stable: ["url", "uuid", "created", "project", "projectUuid", "offering", "tenant", "marketplaceResource"],
  replaces: anewFor,
  autoName: { property: "name", longest: 150 },

  check(news, olds) {
    if (olds === undefined || anew(olds, news)) return [];
    const reason = shrinks(olds.size, news.size);
    return reason ? [{ property: "size", reason }] : [];
  },

  diff(olds, news) {
    const changes = changesOf(olds, news);
    if (changes.some(({ kind }) => kind === "replace")) return changes;
    const shrinking = shrinks(olds.size, news.size);
    if (shrinking) throw new UserError(`size: ${shrinking}`);
    return changes;
  },

  async create(inputs, ctx) {
    const request = await volumeOrder(ctx, inputs);
    const order = (await findEarlierOrder(ctx, request)) ?? (await placeOrder(ctx, request));
    const uuid = await followToVolume(ctx, order, inputs.approve ?? false);
    const of = shape(ctx, uuid);
    const outputs = await keeping(keptAs(uuid, of, inputs, {}), async () => {
      await waitOk(ctx, subject("volume", uuid, inputs.name), "create", true);
      await followToEnd(ctx, order, "order volume");
      // What an order cannot say (bootable), or an earlier run's order said differently.
      await apply(ctx, uuid, {}, inputs);
      return stateAfter(of, inputs);
    });
    return { id: uuid, outputs };
  },

  async read(id, ctx, prior) {
    const uuid = ctx.client.uuid("id", id);
    if (prior?.pullOnRefresh) await pullQuietly(ctx, subject("volume", uuid, prior.name));
    const volume = await fetch(ctx, { kind: "volume", uuid });
    if (volume === undefined) {
      await confirmGone(ctx, subject("volume", uuid, prior?.name).what, prior?.projectUuid);
      return undefined;
    }
    const outputs = {
      ...visible(volume),
      ...only(prior ?? {}, locals),
      [appliedKey]: prior?.[appliedKey] ?? {},
    };
    return { id: uuid, inputs: { ...inputsOf(volume), ...only(prior ?? {}, locals) }, outputs };
  },

  async update(id, olds, news, ctx) {
    const uuid = ctx.client.uuid("id", id);
    const of = shape(ctx, uuid);
    return keeping(keptAs(uuid, of, news, olds), async () => {
      await apply(ctx, uuid, olds, news);
      return stateAfter(of, news);
    });
  },

  async delete(id, state, ctx) {
    const uuid = ctx.client.uuid("id", id);
    const now = await settled(ctx, { kind: "volume", uuid });
    if (now === undefined)
      return confirmGone(ctx, subject("volume", uuid, state.name).what, state.projectUuid);
    const of = subject("volume", uuid, now.name);
    if (state.deletion === "unlink") {
      await refuseUnlinkOfKept(ctx, of);
      return unlink(ctx, of);
    }
    return terminateVolume(ctx, now);
  },
};

/** A type may be declared by its name, which the state shows beside its URL. */
function compare(observed: VolumeState, news: Partial<VolumeInputs>): Difference[] {
  const byName = news.type !== undefined && news.type === observed.typeName;
  return differences(rules, observed, news).filter(({ property }) => !(property === "type" && byName));
}

function changesOf(olds: VolumeState, news: Partial<VolumeInputs>): Difference[] {
  const changes = compare(olds, news);
  const ordered = changes.find(({ property }) => property === "plan" || property === "limits");
  // A volume that is made anew for another reason is ordered with them.
  const anewAnyway = changes.some(({ property, kind }) => kind === "replace" && property !== "plan");
  if (ordered && !anewAnyway) {
    throw new UserError(
      `${ordered.property}: it is used when a volume is ordered, and cannot be changed here afterwards. ` +
        'Take the change back, or make a new volume with "pulumi up --replace <urn>".',
    );
  }
  return changes;
}

/** Whether the arguments themselves ask for a new volume, whose size is its own. */
function anew(olds: Partial<VolumeInputs>, news: Partial<VolumeInputs>): boolean {
  return anewFor.some(
    (key) => news[key] !== undefined && (hasUnknown(news[key]) || !sameReference(news[key], olds[key])),
  );
}

function shrinks(now: number | undefined, declared: unknown): string | undefined {
  if (now === undefined || typeof declared !== "number" || wholeGiB(declared) >= wholeGiB(now))
    return undefined;
  return (
    `${declared} MiB is less than the ${now} MiB that the volume has, and a volume cannot shrink: that would cut ` +
    `off data. Declare ${now} MiB or more, or make a new, smaller volume and copy what is needed`
  );
}

function wholeGiB(size: unknown): number {
  return Math.floor(Number(size ?? 0) / gibibyte);
}

/** Brings a volume to what is declared, once nothing is going on with it. */
async function apply(ctx: WaldurContext, uuid: string, olds: VolumeState, news: VolumeInputs): Promise<void> {
  const now = await settled(ctx, { kind: "volume", uuid });
  if (now === undefined) throw new UserError(`volume ${uuid} is not there any more; run "pulumi refresh"`);
  if (normalState(now.state) === "ERRED") await waitOk(ctx, subject("volume", uuid, now.name), "update");
  const shrinking = shrinks(now.size, news.size);
  if (shrinking) throw new UserError(`size: ${shrinking}`);
  const observed = { ...visible(now), ...only(olds, locals), [appliedKey]: olds[appliedKey] };
  await changeVolume(
    ctx,
    now,
    Object.fromEntries(compare(observed, news).map((change) => [change.property, change.wanted])),
  );
}

const shape = (ctx: WaldurContext, uuid: string) => ({
  locals,
  look: async () => visible(await existing(ctx, { kind: "volume", uuid })),
});

function visible(volume: WireVolume): VolumeState {
  const known = new Set(Object.keys(volumeOutputs.shape));
  const shown = Object.fromEntries(Object.entries(volume).filter(([key]) => known.has(key)));
  return {
    ...shown,
    ...defined({
      marketplaceResource: volume.marketplaceResourceUuid,
      offering: volume.marketplaceOfferingUuid,
      plan: volume.marketplacePlanUuid,
    }),
    attached: volume.instance !== undefined,
  };
}

/** The arguments that declare a volume exactly as it is. */
export function inputsOf(volume: WireVolume): Partial<VolumeInputs> {
  const { description, image, availabilityZone } = volume;
  return {
    ...defined({
      project: uuidIn(volume.project),
      offering: uuidIn(volume.marketplaceOfferingUuid),
      plan: uuidIn(volume.marketplacePlanUuid),
      name: volume.name,
      type: volume.typeName,
      image: uuidIn(image),
      availabilityZone: uuidIn(availabilityZone),
      bootable: volume.bootable,
    }),
    size: wholeGiB(volume.size) * gibibyte,
    ...(description ? { description } : {}),
  };
}
