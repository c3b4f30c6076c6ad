import { z } from "zod";
import { type InputsOf, type StateOf, stable, table } from "../../core/resource/field";
import type { Properties } from "../../core/resource/lifecycle";
import { stateChoice, stateFlag } from "../../core/resource/stateFields";
import { descriptionSchema, nameSchema, typeSchema, volumeSize, zoneSchema } from "../fields";
import { reference, sameReference } from "../references";
import { volumeTable } from "../volume/schema";
import { volumeFields } from "../wire";

/** The new volume is asked for as any other is. */
const { snapshotId, name, description, size, volumeType, availabilityZone } = volumeTable.fields;

/** A revert says nothing about the volume but its contents. */
const unless = ({ mode }: Properties) => mode === "revert";

/** A restoration, and the volume that it filled. Block Storage API v3, Create a volume; Revert volume to snapshot. */
export const restorationTable = table(
  {
    snapshotId: {
      ...snapshotId,
      schema: reference("The snapshot to restore: uuid. A change replaces the resource."),
      same: sameReference,
      output: z.string().describe("UUID of the snapshot"),
      declare: (outputs) => outputs.snapshotId,
    },
    mode: {
      schema: z
        .enum(["new-volume", "revert"], { message: 'expected "new-volume" or "revert"' })
        .describe(
          '"new-volume": a new volume with the contents of the snapshot. "revert": the volume of the snapshot goes back to ' +
            "it, and what was written since is lost; only to the latest snapshot, and while it is not attached. A " +
            'change replaces the resource. Default: "new-volume".',
        )
        .meta({ default: "new-volume" })
        .optional(),
      wire: null,
      onChange: "replace",
      kept: "state",
      reset: "new-volume",
    },
    confirmRevert: stateFlag('Has to be true for mode "revert", because that destroys data. Default: false.'),
    name: {
      ...name,
      schema: nameSchema
        .describe(
          'Name of the new volume, at most 255 characters; "" for none. Default: the resource\'s name and 7 hex digits.',
        )
        .optional(),
      unless,
      output: volumeFields.shape.name.describe("Name of that volume"),
    },
    description: {
      ...description,
      schema: descriptionSchema.describe("Description of the new volume.").optional(),
      unless,
      output: volumeFields.shape.description.describe("Description of that volume"),
    },
    size: {
      ...size,
      schema: volumeSize.schema
        .describe(
          "Size of the new volume in GiB: 10 GiB is 10. At least the snapshot's; it can grow later. Default: the snapshot's.",
        )
        .optional(),
      unless,
      output: z.number().describe("Size of that volume in GiB: 10 GiB is 10"),
    },
    volumeType: {
      ...volumeType,
      schema: typeSchema
        .describe(
          "Type of the new volume: name or uuid. A change replaces the resource. Default: that of the snapshot's volume.",
        )
        .optional(),
      onChange: "replace",
      unless,
      output: volumeFields.shape.volumeType,
    },
    availabilityZone: {
      ...availabilityZone,
      schema: zoneSchema
        .describe(
          "Availability zone of the new volume. A change replaces the resource. Default: that of the snapshot's volume.",
        )
        .optional(),
      unless,
      output: volumeFields.shape.availabilityZone,
    },
    onDestroy: stateChoice(
      ["terminate", "keep"],
      "terminate",
      'What becomes of the new volume when this is destroyed. Default: "terminate". Nothing undoes a revert.',
    ),
  },
  z.object({
    volumeId: stable(z.string().describe("UUID of the volume that has the contents of the snapshot")),
    status: z.string().describe("Status of that volume"),
    volumeTypeId: volumeFields.shape.volumeTypeId,
    createdAt: stable(z.string().describe("Time of creation of that volume, ISO 8601")),
    projectId: volumeFields.shape.projectId,
  }),
);

/** Arguments after the check. */
export type SnapshotRestorationInputs = InputsOf<typeof restorationTable>;
/** State: the volume as the service said last, and the arguments that only the state knows. */
export type SnapshotRestorationState = StateOf<typeof restorationTable>;
