import { UserError } from "../../core/errors";
import type { Created } from "../../core/resource/once/create";
import { bodyOf } from "../../core/resource/requestBody";
import { createMarked } from "../create";
import type { CinderContext } from "../object";
import { normalStatus } from "../statuses";
import { retentionMetadata } from "./kept";
import { type SnapshotInputs, type SnapshotRow, snapshotTable } from "./schema";

/**
 * Asks for a snapshot of a volume, exactly once.
 *
 * @param keptUntil when its retention ends; none: no end
 * @returns it, still being made
 */
export async function createSnapshot(
  inputs: SnapshotInputs,
  keptUntil: string | undefined,
  ctx: CinderContext,
): Promise<Created<SnapshotRow>> {
  const { client, signal } = ctx;
  const body = bodyOf(snapshotTable.fields, inputs, "create");
  const id = String(body.volume_id);
  // From 3.66 on there is no force any more, and saying so is an error (contract, "In-use volume").
  const force = (await client.service.knows("3.66", signal)) ? {} : { force: inputs.force ?? false };
  return createMarked(ctx, "snapshot", {
    type: "cinder:Snapshot",
    irrevocable: keptUntil !== undefined,
    body: { ...body, ...force },
    metadata: { ...inputs.metadata, ...retentionMetadata(keptUntil, inputs.retentionMode) },
    among: { volume_id: id },
    differs: ({ volumeId }) => (volumeId === id ? [] : ["volumeId"]),
    source: { kind: "volume", id },
    advice: (error, volume) =>
      normalStatus(volume?.status) === "in-use"
        ? new UserError(
            `${error.message}. The volume is attached: set force to take the snapshot all the same`,
          )
        : error,
  });
}
