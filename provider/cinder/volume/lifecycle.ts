import { z } from "zod";
import { UserError } from "../../core/errors";
import {
  appliedKey,
  type Difference,
  differences,
  keyChanges,
  localRule,
  type Rules,
  replacing,
  type State,
  sameString,
} from "../../core/resource/diff";
import { defaultTimeouts, type Lifecycle } from "../../core/resource/lifecycle";
import { keeping, keptAs, only, stateAfter } from "../../core/resource/partial";
import { defined, hasUnknown } from "../../core/values";
import { cinder } from "../backend";
import { type CinderClient, dashed, uuidOf } from "../client";
import { descriptionField, fixedReference, nameField, reference, sameReference, sizeField } from "../fields";
import { metadataField, metadataRule, visibleMetadata, writeMetadata } from "../metadata";
import { meaningOf } from "../statuses";
import { type CinderContext, confirmGone, existing, fetch, settled, subject, waitReady } from "../waits";
import { volumeFields, type WireVolume } from "../wire";
import { changeVolume } from "./change";
import { createVolume } from "./create";
import { deleteVolume } from "./delete";

/** Arguments of a volume. Block Storage API v3, Create a volume. */
export const volumeInputs = z.object({
  size: sizeField
    .describe(
      "Size in GiB. Growth extends the volume in place, where the service has microversion 3.42 also while it is " +
        "attached; it can never shrink. Default: that of the snapshot or volume that it is made from.",
    )
    .optional(),
  name: nameField
    .describe('Name, at most 255 characters; "" for none. Default: the resource\'s name and 7 hex digits.')
    .optional(),
  description: descriptionField.describe("Description, at most 255 characters.").optional(),
  metadata: metadataField
    .describe(
      "Metadata: texts of at most 255 characters. Only the keys declared here are owned: other tools' keys are " +
        "left alone, and are no difference.",
    )
    .optional(),
  volumeType: z
    .string()
    .min(1, { message: "expected a name or a uuid" })
    .describe("Volume type: name or uuid. A change retypes the volume in place. Default: the cloud's.")
    .optional(),
  retypeMigrationPolicy: z
    .enum(["never", "on-demand"], { message: 'expected "never" or "on-demand"' })
    .describe(
      'Whether a retype may copy the volume to another back end: "on-demand" where it has to. Default: "never".',
    )
    .meta({ default: "never" })
    .optional(),
  availabilityZone: z
    .string()
    .min(1, { message: "expected the name of a zone" })
    .describe("Availability zone. A change makes a new volume. Default: the cloud's.")
    .optional(),
  snapshotId: reference("The snapshot to make it from: uuid. A change makes a new volume.").optional(),
  sourceVolumeId: reference("The volume to copy: uuid. A change makes a new volume.").optional(),
  imageId: reference("The image to fill it with: uuid. A change makes a new volume.").optional(),
  cascade: z
    .boolean()
    .describe("Delete the snapshots of the volume with it when it is destroyed. Default: false.")
    .meta({ default: false })
    .optional(),
});

/** What a volume is. Block Storage API v3, Show a volume's details. */
export const volumeOutputs = volumeFields.omit({ id: true }).required({
  status: true,
  size: true,
  createdAt: true,
  metadata: true,
  attachments: true,
});

/** Arguments after the check. */
export type VolumeInputs = z.output<typeof volumeInputs>;
/** Arguments that only the state knows. */
const locals = ["retypeMigrationPolicy", "cascade"] as const;
/** State: what the service said last, and the arguments that only the state knows. */
export type VolumeState = Partial<z.output<typeof volumeOutputs>> &
  Pick<VolumeInputs, (typeof locals)[number]> &
  State;

const rules: Rules = {
  size: { kind: "update" },
  name: { kind: "update", same: sameString },
  description: { kind: "update", same: sameString, reset: "" },
  metadata: metadataRule,
  volumeType: { kind: "update" },
  retypeMigrationPolicy: localRule("never"),
  availabilityZone: { kind: "replace" },
  snapshotId: fixedReference,
  sourceVolumeId: fixedReference,
  imageId: fixedReference,
  cascade: localRule(false),
};

/** What a volume can be made from; one of them at most. */
const sources = ["snapshotId", "sourceVolumeId", "imageId"] as const;

/** A volume, in Cinder. */
export const volumeLifecycle: Lifecycle<CinderClient, VolumeInputs, VolumeState> = {
  type: "cinder:Volume",
  description: "A volume of OpenStack's own Cinder.",
  backend: cinder,
  inputs: volumeInputs,
  outputs: volumeOutputs,
  timeouts: defaultTimeouts,
  locals,
  echoes: ["name", "description", "size"],
  stable: ["createdAt", "projectId", "userId", "availabilityZone", "encrypted"],
  replaces: replacing(rules),
  autoName: { property: "name", longest: 255 },

  check(news, olds) {
    const [source, another] = sources.filter((property) => news[property] !== undefined);
    if (source && another)
      return [
        { property: another, reason: `a volume is made from ${source} or from ${another}, not from both` },
      ];
    if (news.size === undefined && (source === undefined || source === "imageId"))
      return [
        {
          property: "size",
          reason: "size is required, unless the volume is made from a snapshot or a volume",
        },
      ];
    if (olds === undefined || anew(olds, news)) return [];
    const reason = shrinks(olds.size, news.size);
    return reason ? [{ property: "size", reason }] : [];
  },

  diff(olds, news) {
    const changes = compare(olds, news);
    if (changes.some(({ kind }) => kind === "replace")) return changes;
    const shrinking = shrinks(olds.size, news.size);
    if (shrinking) throw new UserError(`size: ${shrinking}`);
    return changes;
  },

  async create(inputs, ctx) {
    const since = ctx.clock.now();
    const made = await createVolume(ctx, inputs);
    const of = shape(ctx, made.id);
    const known = defined({ projectId: made.projectId, size: made.size });
    const outputs = await keeping(keptAs(made.id, of, inputs, known), async () => {
      await waitReady(ctx, subject("volume", made.id, inputs.name), {
        operation: "create",
        fresh: true,
        since,
      });
      return stateAfter(of, inputs);
    });
    return { id: made.id, outputs };
  },

  async read(id, ctx, prior) {
    const uuid = uuidOf("id", id);
    const volume = await fetch(ctx, { kind: "volume", id: uuid });
    if (volume === undefined) {
      await confirmGone(ctx, subject("volume", uuid, prior?.name).what, prior?.projectId);
      return undefined;
    }
    const kept = only(prior ?? {}, locals);
    const outputs = { ...visible(volume), ...kept, [appliedKey]: prior?.[appliedKey] ?? {} };
    return { id: uuid, inputs: { ...inputsOf(volume), ...kept }, outputs };
  },

  async update(id, olds, news, ctx) {
    const uuid = uuidOf("id", id);
    const of = shape(ctx, uuid);
    return keeping(keptAs(uuid, of, news, olds), async () => {
      const now = await ready(ctx, uuid);
      const shrinking = shrinks(now.size, news.size);
      if (shrinking) throw new UserError(`size: ${shrinking}`);
      const observed = { ...visible(now), ...only(olds, locals), [appliedKey]: olds[appliedKey] };
      const wanted = Object.fromEntries(
        compare(observed, news).map((change) => [change.property, change.wanted]),
      );
      await changeVolume(ctx, now, wanted, news.retypeMigrationPolicy ?? "never");
      const on = subject("volume", uuid, now.name);
      await writeMetadata(ctx, on, keyChanges("metadata", observed, news.metadata));
      return stateAfter(of, news);
    });
  },

  async delete(id, state, ctx) {
    const uuid = uuidOf("id", id);
    const now = await settled(ctx, { kind: "volume", id: uuid });
    if (now === undefined) return confirmGone(ctx, subject("volume", uuid, state.name).what, state.projectId);
    return deleteVolume(ctx, now, state.cascade ?? false);
  },
};

/** A type may be declared by its name or by its uuid; services before 3.63 show the name alone. */
function compare(observed: VolumeState, news: Partial<VolumeInputs>): Difference[] {
  const { volumeTypeId } = observed;
  const typeRule: Rules = {
    volumeType: {
      kind: "update",
      same: (now, declared, unchanged) => {
        if (now === declared || (volumeTypeId && sameReference(volumeTypeId, declared))) return true;
        return unchanged && volumeTypeId === undefined && dashed(declared as string) !== undefined;
      },
    },
  };
  return differences({ ...rules, ...typeRule }, observed, news);
}

/** Whether the arguments themselves ask for a new volume, whose size is its own. */
function anew(olds: Partial<VolumeInputs>, news: Partial<VolumeInputs>): boolean {
  const changed = (key: (typeof sources)[number]) =>
    hasUnknown(news[key]) || !sameReference(news[key], olds[key]);
  return (
    sources.some((key) => news[key] !== undefined && changed(key)) ||
    (news.availabilityZone !== undefined && news.availabilityZone !== olds.availabilityZone)
  );
}

function shrinks(now: number | undefined, declared: unknown): string | undefined {
  if (now === undefined || typeof declared !== "number" || declared >= now) return undefined;
  return (
    `${declared} GiB is less than the ${now} GiB that the volume has, and a volume cannot shrink: that would cut off ` +
    `data. Declare ${now} GiB or more, or make a new, smaller volume and copy what is needed`
  );
}

/** The volume once it can be used. @throws WaitError where it has failed, with the service's reason */
async function ready(ctx: CinderContext, id: string): Promise<WireVolume> {
  const now = await existing(ctx, { kind: "volume", id });
  if (meaningOf("volume", now.status) === "ready") return now;
  await waitReady(ctx, subject("volume", id, now.name), { operation: "create" });
  return existing(ctx, { kind: "volume", id });
}

const shape = (ctx: CinderContext, id: string) => ({
  locals,
  look: async () => visible(await existing(ctx, { kind: "volume", id })),
});

function visible({ id: _id, ...volume }: WireVolume): VolumeState {
  return { ...volume, metadata: visibleMetadata(volume.metadata), attachments: volume.attachments ?? [] };
}

/** What the service itself shows among the metadata for as long as a volume is attached: nobody's to declare. */
const attachmentKeys = ["attached_mode", "readonly"];

/** The arguments that declare a volume exactly as it is. */
export function inputsOf(volume: WireVolume): Partial<VolumeInputs> {
  const { metadata: shown = {}, description, name = "" } = visible(volume);
  const metadata = Object.fromEntries(Object.entries(shown).filter(([key]) => !attachmentKeys.includes(key)));
  const { size, volumeType, availabilityZone, snapshotId, sourceVolumeId, imageId } = volume;
  // A copy of a volume that was made from an image holds the image's traces too: one origin is declared.
  const [origin] = Object.entries(defined({ snapshotId, sourceVolumeId, imageId }));
  return {
    ...defined({ size, volumeType, availabilityZone }),
    ...(origin ? Object.fromEntries([origin]) : {}),
    name,
    ...(description ? { description } : {}),
    ...(Object.keys(metadata).length > 0 ? { metadata } : {}),
  };
}
