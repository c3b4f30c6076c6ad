import type { Io } from "./io";

/** A subcommand. */
export interface Command {
  /** The word on the command line. */
  name: string;
  /** One line for the list of commands. */
  summary: string;
  /** What `--help` prints beside these arguments; ends with a newline. */
  usage(args: readonly string[]): string;
  /** The exit code where it fails; 1 where that is not said. */
  failed?: number;
  /** Runs it. @returns the exit code @throws UsageError when the arguments make no sense */
  run(args: readonly string[], io: Io): Promise<number>;
}

/** A subcommand whose work is a function of its options. */
interface Parts<Options> extends Omit<Command, "run"> {
  /** @throws UsageError */
  parse(args: readonly string[]): Options;
  run(options: Options, io: Io): Promise<number>;
}

/** Makes a subcommand. Its arguments are read before anything else is done. */
export function command<Options>({ parse, run, ...about }: Parts<Options>): Command {
  return { ...about, run: async (args, io) => run(parse(args), io) };
}

/** Arguments that make no sense: exit code 2, with the usage. */
export class UsageError extends Error {
  override name = "UsageError";
}
