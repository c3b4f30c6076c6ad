/** Every subcommand: a line for each. */
export { emulatorCommand } from "./emulator/command";
export { importCommand } from "./import/command";
export { orphansCommand } from "./orphans/command";
export { pullCommand } from "./pull/command";
