import { UsageError } from "../command";
import { type Options, parseWords } from "../options";
import { cinderMarked } from "./cinder";
import type { MarkedObjects } from "./marked";
import type { Sources } from "./states";
import { trilioMarked } from "./trilio";
import { waldurMarked } from "./waldur";

const backends = new Map<string, MarkedObjects>(
  [waldurMarked, cinderMarked, trilioMarked].map((each) => [each.module.backend.name, each as MarkedObjects]),
);

/** What to do with what is found. */
type Deed = "list" | "adopt" | "remove";

/** What the command line asks for. */
export interface OrphansOptions {
  marked: MarkedObjects;
  sources: Sources;
  all: boolean;
  deed: Deed;
  /** What is adopted or removed; none: all that is known to be of the stack. */
  ids: readonly string[];
  output: "table" | "json";
  /** Folder for the files of an adoption, and whether those that are there are overwritten. */
  out: string;
  force: boolean;
  /** The options by which the same is found again, as they are typed. */
  again: readonly string[];
}

/** The options. */
export const ownOptions = {
  backend: { value: "NAME", description: `${oneOf([...backends.keys()])}. Default: waldur.` },
  stack: { value: "NAME", description: "The stack, as pulumi takes it. Default: the selected one." },
  state: {
    value: "FILE",
    multiple: true,
    description:
      'What "pulumi stack export" printed, "-" for standard input, instead of running it. Can be repeated.',
  },
  all: { description: "Also list marked objects of other stacks, and of version 0.1.0." },
  adopt: { description: "Write the files that import them." },
  remove: { description: "Remove them, unless their retention forbids it." },
  yes: { description: "Needed by --remove where no IDs are given." },
  out: { value: "DIR", description: "Folder for the files of --adopt. Default: this one." },
  force: { description: "Overwrite files that are there already." },
  output: { value: "FORMAT", short: "o", description: "table or json. Default: table." },
} as const satisfies Options;

/** Reads the command line. @throws UsageError */
export function orphansOptions(args: readonly string[]): OrphansOptions {
  const { values, words } = parseWords(ownOptions, args);
  const { backend = "waldur", stack, state = [], all = false, output = "table" } = values;
  const marked = backends.get(backend);
  if (marked === undefined) throw wrong("backend", backend, [...backends.keys()]);
  if (output !== "table" && output !== "json") throw wrong("output", output, ["table", "json"]);
  if (stack !== undefined && state.length > 0)
    throw new UsageError("give --stack or --state, not both: a state tells its stack");
  if (state.filter((file) => file === "-").length > 1)
    throw new UsageError("--state -: standard input can be read once");
  return {
    marked,
    sources: { stack, files: state },
    all,
    ...deedOf(values, words),
    output,
    out: values.out ?? ".",
    force: values.force ?? false,
    again: [
      ...(backend === "waldur" ? [] : ["--backend", backend]),
      ...(stack === undefined ? [] : ["--stack", stack]),
      ...state.flatMap((file) => ["--state", file]),
      ...(all ? ["--all"] : []),
    ],
  };
}

interface DeedOptions {
  adopt?: boolean;
  remove?: boolean;
  yes?: boolean;
  all?: boolean;
  out?: string;
  force?: boolean;
}

function deedOf(values: DeedOptions, ids: string[]): Pick<OrphansOptions, "deed" | "ids"> {
  const { adopt = false, remove = false, yes = false, all = false, out, force = false } = values;
  if (adopt && remove) throw new UsageError("give --adopt or --remove, not both");
  const deed = adopt ? "adopt" : remove ? "remove" : "list";
  if (deed === "list" && ids.length > 0)
    throw new UsageError(`unexpected "${ids[0]}": IDs go with --adopt or --remove`);
  if (deed !== "adopt" && (out !== undefined || force))
    throw new UsageError("--out and --force go with --adopt");
  if (deed !== "remove" && yes) throw new UsageError("--yes goes with --remove");
  if (deed !== "list" && all && ids.length === 0)
    throw new UsageError(`--${deed} with --all needs IDs: what is listed can be other stacks'`);
  if (deed === "remove" && ids.length === 0 && !yes)
    throw new UsageError("--remove without IDs removes everything that is listed: add --yes, or give IDs");
  return { deed, ids };
}

function wrong(option: string, value: string, valid: readonly string[]): UsageError {
  return new UsageError(`--${option}: invalid value "${value}": expected ${oneOf(valid)}`);
}

function oneOf(words: readonly string[]): string {
  return [words.slice(0, -1).join(", "), ...words.slice(-1)].join(" or ");
}
