import type { Lifecycle, Lookup } from "../core/resource/lifecycle";
import { getRestore, getRestores, getSnapshot, getSnapshots, getWorkload } from "./lookups";
import { snapshotRestorationLifecycle } from "./restoration/lifecycle";

/** Every kind of resource of this backend. */
export const lifecycles: readonly Lifecycle[] = [snapshotRestorationLifecycle] as readonly Lifecycle[];

/** Every look-up of this backend. */
export const lookups: readonly Lookup[] = [
  getRestore,
  getRestores,
  getSnapshot,
  getSnapshots,
  getWorkload,
] as readonly Lookup[];
