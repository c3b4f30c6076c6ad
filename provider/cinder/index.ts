import type { Lifecycle, Lookup } from "../core/resource/lifecycle";
import { getLimits, getSnapshot, getSnapshots, getVolume, getVolumes, getVolumeTypes } from "./lookups";
import { snapshotRestorationLifecycle } from "./restoration/lifecycle";
import { snapshotLifecycle } from "./snapshot/lifecycle";
import { volumeLifecycle } from "./volume/lifecycle";

/** Every kind of resource of this backend. */
export const lifecycles: readonly Lifecycle[] = [
  volumeLifecycle,
  snapshotLifecycle,
  snapshotRestorationLifecycle,
] as readonly Lifecycle[];

/** Every look-up of this backend. */
export const lookups: readonly Lookup[] = [
  getSnapshot,
  getSnapshots,
  getVolume,
  getVolumes,
  getVolumeTypes,
  getLimits,
] as readonly Lookup[];
