import * as pulumi from "@pulumi/pulumi";
import { dynamicToken } from "../provider/fronts/dynamic/provider";
import { missingFromProgram } from "./packageFound";
import { packageName } from "./packageName";
import { missingPlugin } from "./pluginFound";

/** Pulumi's types of a resource in the two fronts. @param type module and name, e.g. `waldur:Snapshot` */
export function tokensOf(type: string): { dynamic: string; plugin: string } {
  return { dynamic: dynamicToken(type), plugin: `${packageName}:${type}` };
}

/**
 * Whether a resource goes through the plugin: where a provider of the package is given, to it or to a component
 * around it, or where the stack's configuration says `openstack-snapshots:front: plugin`.
 *
 * @throws RunError, which Pulumi shows without a stack, where the setting is neither `dynamic` nor `plugin`, and where
 *   the engine would not find the plugin
 */
export function usesPlugin(type: string, opts: pulumi.CustomResourceOptions): boolean {
  if (explicitProvider(type, opts)) return true;
  if (opts.provider !== undefined) return false;
  const front = new pulumi.Config(packageName).get("front") ?? "dynamic";
  if (front !== "dynamic" && front !== "plugin") {
    const remedy = `set it with "pulumi config set ${packageName}:front ..."`;
    throw mistake(
      `${packageName}:front: invalid value "${front}": expected "dynamic" or "plugin"; ${remedy}`,
    );
  }
  if (front === "plugin" && opts.pluginDownloadURL === undefined) demandPlugin();
  if (front === "dynamic") demandPackage();
  return front === "plugin";
}

/**
 * An error that Pulumi shows by its message alone. It has no frames: Pulumi colours them all the same, and Node 20 spins for
 * minutes over its own (see `lookUp`).
 */
export function mistake(message: string): pulumi.RunError {
  return Object.assign(new pulumi.RunError(message), { stack: `Error: ${message}` });
}

let packageFound = false;

/** @throws RunError with what to do, where Pulumi's dynamic provider would not find the package */
function demandPackage(): void {
  if (packageFound) return;
  const missing = missingFromProgram();
  if (missing !== undefined) throw mistake(missing);
  packageFound = true;
}

let pluginFound = false;

/** @throws RunError with what is missing, where the engine would not find the plugin */
export function demandPlugin(): void {
  if (pluginFound) return;
  const missing = missingPlugin();
  if (missing !== undefined) throw mistake(missing);
  pluginFound = true;
}

/** Whether a provider of the package is given, to a resource or look-up or to a component around it. */
export function explicitProvider(
  type: string,
  { provider, parent }: Pick<pulumi.CustomResourceOptions, "provider" | "parent">,
): boolean {
  if (provider !== undefined) return packageOf(provider) === packageName;
  return (parent as Component | undefined)?.getProvider?.(tokensOf(type).plugin) !== undefined;
}

/** What Pulumi's classes have, but do not show in their types. */
type Component = { getProvider?(moduleMember: string): pulumi.ProviderResource | undefined };

function packageOf(provider: pulumi.ProviderResource): string {
  return (provider as unknown as { pkg: string }).pkg;
}
