import { startTrilio, startWaldur } from "../../emulator/index";
import { command } from "../command";
import { type Io, interruption } from "../io";
import { guessList } from "./guesses";
import { introduceTrilio, introduceWaldur } from "./introductions";
import { type EmulatorOptions, emulatorOptions } from "./options";
import { emulatorUsage } from "./usage";

/** `openstack-snapshots emulator`. */
export const emulatorCommand = command<EmulatorOptions>({
  name: "emulator",
  summary: "start a Waldur or a Trilio in memory, to try things on",
  usage: emulatorUsage,
  parse: emulatorOptions,
  async run(options, io) {
    if (options.show === "guesses") {
      io.stdout.write(guessList(options.guesses));
      return 0;
    }
    if (options.show === "trilio") {
      const trilio = await startTrilio(options.trilio);
      return serve(trilio, introduceTrilio(trilio), io);
    }
    const waldur = await startWaldur(options.waldur);
    return serve(waldur, introduceWaldur(waldur, options.waldur.generation), io);
  },
});

/** Says that it is there, and runs until somebody wants it to end: that is how an emulator ends well. */
async function serve(emulator: { close(): Promise<void> }, introduction: string, io: Io): Promise<number> {
  io.stdout.write(introduction);
  await interruption(io.signal);
  await emulator.close();
  return 0;
}
