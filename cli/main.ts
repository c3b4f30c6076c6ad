#!/usr/bin/env node
import { type Command, UsageError } from "./command";
import { emulatorCommand } from "./emulator/command";
import { importCommand } from "./import/command";

/** The subcommands by name. */
const commands: Record<string, Command> = { emulator: emulatorCommand, import: importCommand };

function usage(): string {
  const names = Object.entries(commands).map(([name, { summary }]) => `  ${name.padEnd(12)}${summary}`);
  return [
    "Usage: openstack-snapshots COMMAND [OPTIONS]",
    "",
    "Commands:",
    ...names,
    "",
    "openstack-snapshots COMMAND --help tells a command's options.",
    "",
  ].join("\n");
}

async function main(args: string[]): Promise<number> {
  const [name, ...rest] = args;
  if (name === undefined || name === "--help" || name === "-h" || name === "help") {
    (name === undefined ? process.stderr : process.stdout).write(usage());
    return name === undefined ? 2 : 0;
  }
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command === undefined) {
    process.stderr.write(`openstack-snapshots: there is no command "${name}"\n\n${usage()}`);
    return 2;
  }
  if (rest.includes("--help") || rest.includes("-h")) {
    process.stdout.write(command.usage(rest));
    return 0;
  }
  try {
    return await command.run(rest);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    process.stderr.write(`openstack-snapshots ${name}: ${error.message}\n\n${command.usage(rest)}`);
    return 2;
  }
}

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    process.stderr.write(`openstack-snapshots: ${error instanceof Error ? error.message : error}\n`);
    process.exitCode = 1;
  },
);
