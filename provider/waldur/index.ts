import type { Lifecycle, Lookup } from "../core/resource/lifecycle";
import { volumeAttachmentLifecycle } from "./attachment/lifecycle";
import { getRestorations, getSnapshot, getSnapshots, getVolume, getVolumes } from "./lookups";
import { snapshotRestorationLifecycle } from "./restoration/lifecycle";
import { snapshotLifecycle } from "./snapshot/lifecycle";
import { volumeLifecycle } from "./volume/lifecycle";

/** Every kind of resource of this backend. */
export const lifecycles: readonly Lifecycle[] = [
  volumeLifecycle,
  volumeAttachmentLifecycle,
  snapshotLifecycle,
  snapshotRestorationLifecycle,
] as readonly Lifecycle[];

/** Every look-up of this backend. */
export const lookups: readonly Lookup[] = [
  getSnapshot,
  getSnapshots,
  getVolume,
  getVolumes,
  getRestorations,
] as readonly Lookup[];
