import { z } from "zod";
import { type Fields, type InputsOf, rowOf, type StateOf, table } from "../../core/resource/field";
import { retentionFields, retentionOutputs } from "../../core/retention";
import { commonFields, sourceWire } from "../fields";
import { reference, sameReference } from "../references";
import { snapshotFields } from "../wire";

/** Cinder keeps no retention: its end and its mode are metadata, see kept.ts. */
const { keptUntil, ...retention } = retentionFields(null);

/** Arguments of a snapshot. API page: Create a snapshot. */
const fields = {
  volumeId: {
    schema: reference("The volume to take the snapshot of: uuid. A change makes a new snapshot."),
    wire: sourceWire("volume_id", "volumeId"),
    onChange: "replace",
    kept: "shown",
    same: sameReference,
  },
  keptUntil,
  name: commonFields.name,
  description: commonFields.description,
  force: {
    schema: z
      .boolean()
      .describe(
        "Take the snapshot although the volume is attached. Services from microversion 3.66 on always do that. " +
          "Default: false.",
      )
      .meta({ default: false })
      .optional(),
    // Only older services take it, see create.ts.
    wire: null,
    onChange: "update",
    kept: "state",
    reset: false,
  },
  metadata: commonFields.metadata,
  ...retention,
} as const satisfies Fields;

/** A snapshot as Cinder answers it. API page: Show a snapshot's details; contract, "Microversions". */
export const snapshotRow = rowOf(fields, snapshotFields);
/** A snapshot as Cinder answers it. */
export type SnapshotRow = z.output<typeof snapshotRow>;

/** A snapshot: its arguments, and what it shows. */
export const snapshotTable = table(
  fields,
  snapshotRow
    .omit({ id: true })
    .extend(retentionOutputs)
    .required({ volumeId: true, status: true, size: true, createdAt: true, metadata: true }),
);

/** Arguments after the check. */
export type SnapshotInputs = InputsOf<typeof snapshotTable>;
/** State: what the service said last, and the arguments that only the state knows. */
export type SnapshotState = StateOf<typeof snapshotTable>;
