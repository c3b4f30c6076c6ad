import { resourceOf } from "../resource";
import type { SnapshotRestorationArgs, SnapshotRestorationOutputs } from "./types";
import { snapshotRestorationProperties } from "./types";

/**
 * A restore of a Trilio snapshot, which holds whole instances: a T4O *restore*. Its id is the restore's.
 *
 * It is made once: every argument that says what is restored replaces it, that is, restores again. Destroying it
 * deletes the record of the restore; what was restored stays, and what was overwritten is not brought back.
 *
 * @example
 * ```ts
 * import { trilio } from "pulumi-openstack-snapshots";
 *
 * const latest = await trilio.getSnapshot({
 *   workload: "18b809de-d7c8-41e2-867d-4a306407fb11",
 *   mostRecent: true,
 * });
 * const drill = new trilio.SnapshotRestoration(
 *   "drill",
 *   {
 *     snapshot: latest.id,
 *     kind: "selective",
 *     options: trilio.restoreOptionsFrom(latest, { rename: (name) => `${name}-drill` }),
 *   },
 *   { ignoreChanges: ["snapshot", "options"] }, // tomorrow's snapshot is no reason to restore again
 * );
 * export const instances = drill.instances;
 * ```
 */
export class SnapshotRestoration extends resourceOf<SnapshotRestorationArgs, SnapshotRestorationOutputs>(
  "trilio:SnapshotRestoration",
  snapshotRestorationProperties,
) {}
