import { z } from "zod";
import { sameString } from "../../core/resource/diff";
import { type Fields, type InputsOf, rowOf, type StateOf, table } from "../../core/resource/field";
import { stateChoice, stateFlag } from "../../core/resource/stateFields";
import { retentionFields, retentionOutputs, wireTimestamp } from "../../core/retention";
import { isRecord, sameJson } from "../../core/values";
import { formerOf } from "../names";
import { descriptionField, nameField, reference, sameReference } from "../references";
import { snapshotFields } from "../wire";

/** A wholesale wipe by the server is no difference, unless the user wants it repaired. */
const wiped = (metadata: unknown) => isRecord(metadata) && Object.keys(metadata).length === 0;

/** Arguments of a snapshot. API page: Openstack Volumes, snapshot; contract, "its fields". */
const fields = {
  volumeId: {
    formerly: "sourceVolume",
    schema: reference("The volume to take the snapshot of: uuid or URL. A change makes a new snapshot."),
    wire: null,
    onChange: "replace",
    kept: "shown",
    same: sameReference,
  },
  name: {
    schema: nameField
      .describe("Name in Waldur, at most 150 characters. Default: the resource's name and 7 hex digits.")
      .optional(),
    wire: "name",
    onChange: "update",
    kept: "echo",
    same: sameString,
  },
  description: {
    schema: descriptionField.describe("Description, at most 2000 characters.").optional(),
    wire: "description",
    onChange: "update",
    kept: "echo",
    same: sameString,
    reset: "",
  },
  metadata: {
    schema: z
      .record(z.string(), z.json(), { message: "expected an object" })
      .describe(
        "Metadata: an object of any JSON. Servers overwrite it with OpenStack's own about once an hour; what they " +
          "wiped is not reported as a difference. See repairMetadata.",
      )
      .optional(),
    wire: "metadata",
    onChange: "update",
    kept: "echo",
    reset: {},
    same: (now, declared, compared) =>
      sameJson(now ?? {}, declared) ||
      (compared.unchanged && wiped(now ?? {}) && !compared.declared.repairMetadata),
  },
  ...retentionFields({ key: "kept_until", write: wireTimestamp }),
  repairMetadata: stateFlag(
    "Write the metadata again whenever an update finds that the server wiped it. Default: false.",
  ),
  pullOnRefresh: stateFlag(
    "Let a refresh ask the server to synchronise with OpenStack first. Default: false, because on servers of " +
      "2024 the pull of a snapshot always ends in ERRED, and then only a deletion helps.",
  ),
  deletion: stateChoice(
    ["delete", "unlink"],
    "delete",
    '"delete" removes the snapshot; "unlink" only makes Waldur forget it, the one in OpenStack stays (staff ' +
      'only). Default: "delete".',
  ),
} as const satisfies Fields;

/** A snapshot as Waldur answers it. API page: Openstack Snapshots, Retrieve. */
export const snapshotRow = rowOf(fields, snapshotFields);

/**
 * The same where it is read by itself: that the server says there is no id in the cloud, which is an empty one here,
 * means more than that it says nothing of it.
 */
export const wholeSnapshotRow = snapshotRow.extend({
  backendId: z.preprocess((id) => (id === null ? "" : id), z.string().optional()).optional(),
});

/** A snapshot as Waldur answers it. */
export type SnapshotRow = z.output<typeof snapshotRow>;

/** A snapshot: its arguments, and what it shows. */
export const snapshotTable = table(
  fields,
  snapshotRow
    .omit({ id: true })
    .extend({
      ...retentionOutputs,
      marketplaceResource: z
        .string()
        .optional()
        .describe("UUID of the marketplace resource, where there is one"),
    })
    .required({
      url: true,
      name: true,
      state: true,
      size: true,
      createdAt: true,
      volumeId: true,
      metadata: true,
    }),
  formerOf(Object.keys(snapshotRow.shape)),
);

/** Arguments after the check. */
export type SnapshotInputs = InputsOf<typeof snapshotTable>;
/** State: what the server said last, and the arguments that only the state knows. */
export type SnapshotState = StateOf<typeof snapshotTable>;
