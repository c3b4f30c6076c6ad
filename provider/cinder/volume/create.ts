import type { Properties } from "../../core/resource/lifecycle";
import type { Created } from "../../core/resource/once/create";
import { bodyOf } from "../../core/resource/requestBody";
import { createMarked } from "../create";
import type { CinderContext } from "../object";
import { dashed } from "../references";
import { type VolumeInputs, type VolumeRow, volumeTable } from "./schema";

/**
 * Asks for a volume, exactly once.
 *
 * @param type module and name of the resource that it is for
 * @returns it, which may be being made still; with the project of the credentials
 */
export function createVolume(
  ctx: CinderContext,
  inputs: Omit<VolumeInputs, "retypeMigrationPolicy" | "cascade">,
  type: string,
): Promise<Created<VolumeRow>> {
  const { name, snapshotId, sourceVolumeId, metadata = {} } = inputs;
  const id = dashed(snapshotId ?? sourceVolumeId);
  return createMarked(ctx, "volume", {
    type,
    body: bodyOf(volumeTable.fields, inputs, "create"),
    metadata,
    among: name ? { name } : {},
    // While it is being made the service does not show all of them.
    differs: (row) =>
      volumeTable.replaces.filter((property) => {
        const [now, wanted] = [row, inputs].map((values) => (values as Properties)[property]);
        return now !== undefined && wanted !== undefined && now !== (dashed(String(wanted)) ?? wanted);
      }),
    source: id === undefined ? undefined : { kind: snapshotId === undefined ? "volume" : "snapshot", id },
  });
}
