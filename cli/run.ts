import { messageOf } from "../provider/core/errors";
import { type Command, UsageError } from "./command";
import * as all from "./commands";
import { Interrupted, type Io } from "./io";

const commands = new Map(Object.values(all).map((command: Command) => [command.name, command]));

function usage(): string {
  const lines = Array.from(commands.values(), ({ name, summary }) => `  ${name.padEnd(12)}${summary}`);
  return [
    "Usage: openstack-snapshots COMMAND [OPTIONS]",
    "",
    "Commands:",
    ...lines.sort(),
    "",
    "openstack-snapshots COMMAND --help tells a command's options.",
    "",
  ].join("\n");
}

/**
 * The command line.
 *
 * @param argv what stands after the name of the program
 * @returns the exit code: 0, 1 for what failed (commands can have another), 2 for arguments that make no sense, 128 and more where it was
 *   interrupted. Never throws.
 */
export async function run(argv: readonly string[], io: Io): Promise<number> {
  const [name, ...args] = argv;
  if (name === undefined) {
    io.stderr.write(usage());
    return 2;
  }
  if (["--help", "-h", "help"].includes(name)) {
    io.stdout.write(usage());
    return 0;
  }
  const command = commands.get(name);
  if (command === undefined) {
    io.stderr.write(`openstack-snapshots: there is no command "${name}"\n\n${usage()}`);
    return 2;
  }
  return runCommand(command, args, io);
}

async function runCommand(command: Command, args: readonly string[], io: Io): Promise<number> {
  if (args.includes("--help") || args.includes("-h")) {
    io.stdout.write(command.usage(args));
    return 0;
  }
  try {
    return await command.run(args, io);
  } catch (error) {
    if (error instanceof UsageError) {
      io.stderr.write(`openstack-snapshots ${command.name}: ${error.message}\n\n${command.usage(args)}`);
      return 2;
    }
    io.stderr.write(`openstack-snapshots: ${messageOf(error)}\n`);
    return error instanceof Interrupted ? error.exitCode : (command.failed ?? 1);
  }
}
