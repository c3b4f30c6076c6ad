import { type CloudInfo, type RunningCloud, startCloud } from "./cloud";

declare module "vitest" {
  interface ProvidedContext {
    cloud: CloudInfo;
  }
}

/** The part of vitest's test project that is used; its type is not to be had from a CommonJS module. */
interface TestProject {
  provide(key: "cloud", value: CloudInfo): void;
}

// Each project of vitest has a set-up, and its own copy of this module; the service is one for all of them.
const shared = globalThis as { [key: symbol]: Promise<RunningCloud> | undefined };
const key = Symbol.for("openstack-snapshots.cloud");

/** Starts the real service before the first test that needs it, once in a run. @returns what ends it */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  shared[key] ??= startCloud((line) => console.error(line));
  const cloud = await shared[key];
  project.provide("cloud", cloud.info);
  return () => cloud.stop();
}
