import type { z } from "zod";
import { type Fields, type InputsOf, rowOf, type StateOf, table } from "../../core/resource/field";
import { stateChoice, stateFlag } from "../../core/resource/stateFields";
import { commonFields, sameVolumeType, sourceWire, typeSchema, volumeSize, zoneSchema } from "../fields";
import { visibleMetadata } from "../metadata";
import { reference, sameWhereShown } from "../references";
import { volumeFields } from "../wire";

/** What a volume can be made from; one of them at most. */
export const sources = ["snapshotId", "sourceVolumeId", "imageId"] as const;

/**
 * A source of a new volume. A copy of a volume that was made from an image holds the image's traces too: of several
 * the first one is declared.
 */
const source = (property: (typeof sources)[number], key: string) =>
  ({
    wire: sourceWire(key, property),
    onChange: "replace",
    kept: "shown",
    same: sameWhereShown,
    declare: (outputs: Record<string, unknown>) =>
      sources.find((name) => outputs[name] !== undefined) === property ? outputs[property] : undefined,
  }) as const;

/** What the service itself shows among the metadata for as long as a volume is attached: nobody's to declare. */
const attachmentKeys = ["attached_mode", "readonly"];

/** Arguments of a volume. Block Storage API v3, Create a volume. */
const fields = {
  size: {
    schema: volumeSize.schema
      .describe(
        "Size in GiB: 10 GiB is 10. Growth extends the volume in place, where the service has microversion 3.42 also while it is " +
          "attached; it can never shrink. Default: that of the snapshot or volume that it is made from.",
      )
      .optional(),
    // A create takes it; later it takes an action, see change.ts.
    wire: { key: "size", in: "create" },
    onChange: "update",
    kept: "echo",
    same: volumeSize.same,
  },
  volumeType: {
    schema: typeSchema
      .describe("Volume type: name or uuid. A change retypes the volume in place. Default: the cloud's.")
      .optional(),
    // A create takes it; later it takes an action, see change.ts.
    wire: { key: "volume_type", in: "create" },
    onChange: "update",
    kept: "shown",
    same: sameVolumeType,
  },
  retypeMigrationPolicy: stateChoice(
    ["never", "on-demand"],
    "never",
    'Whether a retype may copy the volume to another back end: "on-demand" where it has to. Default: "never".',
  ),
  availabilityZone: {
    schema: zoneSchema
      .describe("Availability zone. A change makes a new volume. Default: the cloud's.")
      .optional(),
    wire: { key: "availability_zone", in: "create" },
    onChange: "replace",
    kept: "shown",
  },
  snapshotId: {
    schema: reference("The snapshot to make it from: uuid. A change makes a new volume.").optional(),
    ...source("snapshotId", "snapshot_id"),
  },
  sourceVolumeId: {
    schema: reference("The volume to copy: uuid. A change makes a new volume.").optional(),
    ...source("sourceVolumeId", "source_volid"),
  },
  imageId: {
    schema: reference("The image to fill it with: uuid. A change makes a new volume.").optional(),
    ...source("imageId", "imageRef"),
  },
  name: commonFields.name,
  description: commonFields.description,
  metadata: {
    ...commonFields.metadata,
    declare: ({ metadata }) => {
      const shown = Object.entries(visibleMetadata(metadata as Record<string, string>));
      return Object.fromEntries(shown.filter(([key]) => !attachmentKeys.includes(key)));
    },
  },
  cascade: stateFlag("Delete the snapshots of the volume with it when it is destroyed. Default: false."),
} as const satisfies Fields;

/** A volume as Cinder answers it. Block Storage API v3, Show a volume's details. */
export const volumeRow = rowOf(fields, volumeFields);
/** A volume as Cinder answers it. */
export type VolumeRow = z.output<typeof volumeRow>;

/** A volume: its arguments, and what it shows. */
export const volumeTable = table(
  fields,
  volumeRow
    .omit({ id: true })
    .required({ status: true, size: true, createdAt: true, metadata: true, attachments: true }),
);

/** Arguments after the check. */
export type VolumeInputs = InputsOf<typeof volumeTable>;
/** State: what the service said last, and the arguments that only the state knows. */
export type VolumeState = StateOf<typeof volumeTable>;
