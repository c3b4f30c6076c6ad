import type { Lifecycle, Lookup } from "../core/lifecycle";
import { getLimits, getSnapshot, getSnapshots, getVolume, getVolumes, getVolumeTypes } from "./lookups";
import { snapshotLifecycle } from "./snapshot";
import { snapshotRestorationLifecycle } from "./snapshotRestoration";
import { volumeLifecycle } from "./volume";

/** Every kind of resource behind this door. */
export const lifecycles: readonly Lifecycle[] = [
  volumeLifecycle,
  snapshotLifecycle,
  snapshotRestorationLifecycle,
] as readonly Lifecycle[];

/** Every look-up behind this door. */
export const lookups: readonly Lookup[] = [
  getSnapshot,
  getSnapshots,
  getVolume,
  getVolumes,
  getVolumeTypes,
  getLimits,
] as readonly Lookup[];
