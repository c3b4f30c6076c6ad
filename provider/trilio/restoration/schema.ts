import { z } from "zod";
import { sameString } from "../../core/resource/diff";
import { type InputsOf, type StateOf, table } from "../../core/resource/field";
import { stateChoice } from "../../core/resource/stateFields";
import { reference, sameReference } from "../references";
import { restoreKind, restoreOptions } from "./options";
import { restoreRow } from "./row";
import { sameOptions } from "./wireOptions";

/** A restore. API pages: One Click, Selective and Inplace Restore; Get Restore. */
export const restorationTable = table(
  {
    snapshot: {
      schema: reference("ID of the snapshot to restore. A snapshot that is removed later changes nothing."),
      // It is in the path.
      wire: null,
      onChange: "replace",
      kept: "shown",
      same: sameReference,
    },
    kind: {
      schema: restoreKind,
      // The options say it; see wireOptions.ts.
      wire: null,
      onChange: "replace",
      kept: "echo",
    },
    name: {
      schema: z
        .string()
        .min(1, "it is empty")
        .max(255, "it has more than 255 characters")
        .describe("Name of the restore. Default: the resource's name and 7 hex digits.")
        .optional(),
      wire: "name",
      onChange: "replace",
      kept: "echo",
      same: sameString,
    },
    description: {
      schema: z
        .string()
        .max(255, "it has more than 255 characters")
        .describe("Description of the restore")
        .optional(),
      wire: "description",
      onChange: "replace",
      kept: "echo",
      same: sameString,
      reset: "",
    },
    options: {
      schema: restoreOptions.optional(),
      // How they are written depends on the kind and on the snapshot; see wireOptions.ts.
      wire: null,
      onChange: "replace",
      kept: "shown",
      // A restore that was started does not change any more, whatever else the server notes among its options.
      same: (now, value, { unchanged, declared }) => unchanged || sameOptions(declared.kind, now, value),
      reset: {},
    },
    confirmOverwrite: {
      schema: z
        .boolean()
        .describe("Has to be true for an in-place restore: it overwrites the data of the original instances.")
        .optional(),
      wire: null,
      onChange: "update",
      kept: "state",
      reset: false,
    },
    onInterrupt: stateChoice(
      ["leave", "cancel"],
      "leave",
      'What becomes of a running restore when the wait for it is interrupted or out of time. Default: "leave".',
    ),
    onDestroy: stateChoice(
      ["delete-record", "keep-record"],
      "delete-record",
      'What becomes of the record of the restore when this is destroyed. What was restored always stays. Default: "delete-record".',
    ),
  },
  restoreRow.omit({ id: true, userId: true }).required({ snapshot: true, name: true, kind: true }),
);

/** Arguments after the check. */
export type SnapshotRestorationInputs = InputsOf<typeof restorationTable>;
/** State: the restore as the server said last, and the arguments that only the state knows. */
export type SnapshotRestorationState = StateOf<typeof restorationTable>;
