import { bodyOf } from "../../core/resource/field";
import { createMarked } from "../create";
import type { CinderContext } from "../object";
import { dashed } from "../references";
import { type VolumeInputs, type VolumeRow, volumeTable } from "./schema";

/**
 * Asks for a volume, exactly once.
 *
 * @returns it, still being made; with the project of the credentials
 */
export function createVolume(
  ctx: CinderContext,
  inputs: Omit<VolumeInputs, "retypeMigrationPolicy" | "cascade">,
): Promise<VolumeRow> {
  const { name, snapshotId, sourceVolumeId, metadata = {} } = inputs;
  const id = dashed(snapshotId ?? sourceVolumeId);
  return createMarked(ctx, "volume", {
    body: bodyOf(volumeTable.fields, inputs, "create"),
    metadata,
    among: name ? { name } : {},
    source: id === undefined ? undefined : { kind: snapshotId === undefined ? "volume" : "snapshot", id },
  });
}
