import { z } from "zod";
import { sameString } from "../../core/resource/diff";
import { type InputsOf, type StateOf, stable, table } from "../../core/resource/field";
import { stateChoice } from "../../core/resource/stateFields";
import { descriptionField, nameField, reference, sameReference } from "../references";
import { volumeFields } from "../wire";

/** A restoration, and the volume that it made. API pages: Openstack Snapshots, Restore volume; `restorations`. */
export const restorationTable = table(
  {
    snapshotId: {
      formerly: "snapshot",
      schema: reference(
        "The snapshot to restore: uuid or URL. A change replaces the resource: it restores again, then the old volume goes.",
      ),
      wire: null,
      onChange: "replace",
      kept: "shown",
      same: sameReference,
      output: z.string().describe("UUID of the snapshot"),
    },
    name: {
      schema: nameField
        .describe(
          "Name of the new volume, at most 150 characters. Default: the resource's name and 7 hex digits.",
        )
        .optional(),
      wire: "name",
      onChange: "update",
      kept: "echo",
      same: sameString,
      output: z.string().describe("Name of the restored volume"),
    },
    description: {
      schema: descriptionField
        .describe('Description of the new volume. Default: "Restored from snapshot ...", by the server.')
        .optional(),
      wire: "description",
      onChange: "update",
      kept: "echo",
      same: sameString,
      reset: "",
      output: z.string().optional().describe("Description of the restored volume"),
    },
    onDestroy: stateChoice(
      ["terminate", "keep"],
      "terminate",
      'What becomes of the restored volume when this is destroyed. Default: "terminate".',
    ),
  },
  z
    .object({
      volumeId: stable(z.string().describe("UUID of the restored volume")),
      volumeUrl: stable(z.string().describe("URL of the restored volume")),
      volumeState: volumeFields.shape.state,
      volumeRuntimeState: volumeFields.shape.runtimeState,
      size: stable(z.number().describe("Size in MiB: 10 GiB is 10240")),
      createdAt: stable(z.string().describe("Time of the restoration, ISO 8601")),
      projectId: volumeFields.shape.projectId,
      marketplaceResource: stable(
        z.string().optional().describe("UUID of the restored volume's marketplace resource"),
      ),
    })
    .required({ volumeState: true }),
  { outputs: { volume: "volumeId", created: "createdAt", projectUuid: "projectId" } },
);

/** Arguments after the check. */
export type SnapshotRestorationInputs = InputsOf<typeof restorationTable>;
/** State: the restored volume as the server said last. */
export type SnapshotRestorationState = StateOf<typeof restorationTable>;
