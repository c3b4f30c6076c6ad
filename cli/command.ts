/** A subcommand. */
export interface Command {
  /** One line for the list of commands. */
  summary: string;
  /** What `--help` prints beside these arguments; ends with a newline. */
  usage(args: readonly string[]): string;
  /** Runs it. @returns the exit code @throws UsageError when the arguments make no sense */
  run(args: string[]): Promise<number>;
}

/** Arguments that make no sense: exit code 2, with the usage. */
export class UsageError extends Error {}
