import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { text as textOf } from "node:stream/consumers";
import { messageOf, UserError } from "../../provider/core/errors";
import { runPulumi } from "../../provider/fronts/pulumiCommand";
import { deploymentIn } from "../../provider/fronts/stackExport";
import { projectName } from "../../provider/fronts/stateBackend";
import type { Io } from "../io";
import { type StackName, type StackView, viewOf } from "./view";

/** Which states are meant. */
export interface Sources {
  /** As `pulumi` takes it; absent: the selected one. */
  stack: string | undefined;
  /** What `pulumi stack export` has printed, `-` for standard input; none: the state as it is now. */
  files: readonly string[];
}

/** What to do where there is no state to be had. */
const otherwise =
  'Run this in the folder of the project, or give --state FILE with what "pulumi stack export" prints.';

/** Reads the states. @throws UserError where one cannot be had */
export async function readViews({ stack, files }: Sources, io: Io): Promise<StackView[]> {
  if (files.length === 0) return [await present(stack, io)];
  return Promise.all(
    files.map(async (file) => view(await contents(file, io), file === "-" ? "standard input" : file, io)),
  );
}

/** The state as it is now. */
async function present(stack: string | undefined, io: Io): Promise<StackView> {
  const of = stack === undefined ? [] : ["--stack", stack];
  const text = await pulumi(["stack", "export", ...of], io);
  const known = view(text, '"pulumi stack export"', io, stack);
  if (known.stack !== undefined) return known;
  // A state without resources does not say which stack it is of.
  return view(text, "", io, stack ?? (await pulumi(["stack", "--show-name"], io)).trim());
}

async function pulumi(args: readonly string[], io: Io): Promise<string> {
  try {
    return await runPulumi(args, io, io.signal);
  } catch (error) {
    io.signal.throwIfAborted();
    throw new UserError(`"pulumi ${args.join(" ")}" failed: ${messageOf(error)}. ${otherwise}`);
  }
}

async function contents(file: string, io: Io): Promise<string> {
  try {
    return file === "-" ? await textOf(io.stdin) : await readFile(resolve(io.cwd, file), "utf8");
  } catch (error) {
    throw new UserError(`--state: "${file}" cannot be read: ${messageOf(error)}`);
  }
}

function view(text: string, source: string, io: Io, name?: string): StackView {
  const deployment = deploymentIn(text);
  if (deployment === undefined) {
    throw new UserError(`${source} is not what "pulumi stack export" prints: expected its JSON`);
  }
  return viewOf(deployment, io, name === undefined ? undefined : named(name, io.cwd));
}

/** @param name `stack`, `organization/stack` or `organization/project/stack` */
function named(name: string, cwd: string): StackName {
  const parts = name.split("/");
  const project = parts.length > 2 ? parts[1] : projectName(cwd);
  return { stack: parts.at(-1) ?? name, project, organization: parts.length > 1 ? parts[0] : undefined };
}
