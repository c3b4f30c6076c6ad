import * as pulumi from "@pulumi/pulumi";
import { explicitProvider, tokensOf } from "./fronts";

/**
 * Runs a look-up: through an explicit provider, given or that of the parent, with its settings; otherwise in this
 * process, with the stack's configuration or the environment.
 *
 * @param type module and name, e.g. `waldur:getSnapshots`
 * @throws an error that names every wrong argument, its value and what would be right
 */
export async function lookUp<Args extends object, Result>(
  type: string,
  args: Args,
  opts: pulumi.InvokeOptions = {},
): Promise<Result> {
  if (explicitProvider(type, opts)) {
    return pulumi.runtime.invoke(tokensOf(type).plugin, args, opts) as Promise<Result>;
  }
  // Loaded on first use: a program that looks nothing up need not wait for it.
  const { invoke } = await import("../provider/fronts/invoke.js");
  const config = new pulumi.Config("openstack-snapshots");
  return (await invoke(type, args as Record<string, unknown>, (name) => config.get(name))) as Result;
}

/** The same with arguments that are outputs of other resources; waits for those. */
export function lookUpOutput<Args extends object, Result>(
  type: string,
  args: { [K in keyof Args]: pulumi.Input<Args[K]> },
  opts?: pulumi.InvokeOptions,
): pulumi.Output<Result> {
  return pulumi.output(args).apply((known) => lookUp<Args, Result>(type, known as Args, opts));
}
