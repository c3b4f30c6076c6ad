import { resolve, sep } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { withFormerFields } from "./former";
import { explicitProvider, tokensOf } from "./fronts";

/**
 * Runs a look-up: through an explicit provider, given or that of the parent, with its settings; by the mocks of a unit
 * test; otherwise in this process, with the stack's configuration or the environment.
 *
 * @param type module and name, e.g. `waldur:getSnapshots`
 * @param former what fields of the result were called in earlier versions: today's names by the former ones
 * @throws an error that names every wrong argument, its value and what would be right
 */
export function lookUp<Args extends object, Result>(
  type: string,
  args: Args,
  opts: pulumi.InvokeOptions = {},
  former: Names = {},
): Promise<Result> {
  return invoked(type, args, opts, former, new Error());
}

type Names = Readonly<Record<string, string>>;

/** The same with arguments that are outputs of other resources; waits for those. */
export function lookUpOutput<Args extends object, Result>(
  type: string,
  args: { [K in keyof Args]: pulumi.Input<Args[K]> },
  opts: pulumi.InvokeOptions = {},
  former: Names = {},
): pulumi.Output<Result> {
  const asked = new Error();
  return pulumi.output(args).apply((known) => invoked<Result>(type, known, opts, former, asked));
}

async function invoked<Result>(
  type: string,
  args: object,
  opts: pulumi.InvokeOptions,
  former: Names,
  asked: Error,
): Promise<Result> {
  try {
    return withFormerFields((await found(type, args, opts)) as Result, former);
  } catch (error) {
    throw told(error, asked);
  }
}

async function found(type: string, args: object, opts: pulumi.InvokeOptions): Promise<unknown> {
  if (explicitProvider(type, opts) || areMocked()) {
    return pulumi.runtime.invoke(tokensOf(type).plugin, args, opts);
  }
  // Loaded on first use: a program that looks nothing up need not wait for it.
  const { invoke } = await import("../provider/fronts/invoke.js");
  const config = new pulumi.Config("openstack-snapshots");
  return invoke(type, args as Record<string, unknown>, (name) => config.get(name));
}

/** Whether the program runs in a unit test with `pulumi.runtime.setMocks`, whose `call` answers what is looked up. */
function areMocked(): boolean {
  const monitor: object | undefined = pulumi.runtime.getMonitor();
  return monitor !== undefined && "mocks" in monitor;
}

const ownFolder = resolve(__dirname, "..") + sep;

/**
 * The error as the program gets it: the message, and where the program asked. Frames of anything else say nothing
 * to users; and Pulumi's own make Node 20 spin for minutes when it colours the stack, since it searches the
 * folder of a package behind `node_modules/@pulumi/resource.ts` for ever.
 */
function told(error: unknown, asked: Error): Error {
  const message = error instanceof Error ? error.message : String(error);
  const frames = (asked.stack ?? "").split("\n").filter((line) => /^\s+at /.test(line));
  const foreign = [`${sep}node_modules${sep}`, "node:internal", ownFolder];
  const own = frames.filter((line) => !foreign.some((place) => line.includes(place)));
  const shown = new Error(message);
  shown.stack = [`Error: ${message}`, ...own].join("\n");
  return shown;
}
