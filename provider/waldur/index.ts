import type { Lifecycle, Lookup } from "../core/lifecycle";
import { getRestorations, getSnapshot, getSnapshots, getVolume, getVolumes } from "./lookups";
import { snapshotLifecycle } from "./snapshot";
import { snapshotRestorationLifecycle } from "./snapshotRestoration";
import { volumeLifecycle } from "./volume";
import { volumeAttachmentLifecycle } from "./volumeAttachment";

/** Every kind of resource behind this door. */
export const lifecycles: readonly Lifecycle[] = [
  volumeLifecycle,
  volumeAttachmentLifecycle,
  snapshotLifecycle,
  snapshotRestorationLifecycle,
] as readonly Lifecycle[];

/** Every look-up behind this door. */
export const lookups: readonly Lookup[] = [
  getSnapshot,
  getSnapshots,
  getVolume,
  getVolumes,
  getRestorations,
] as readonly Lookup[];
