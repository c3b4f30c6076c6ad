import type { Command } from "../command";
import { guessList } from "./guesses";
import { guessesOf, wordsOf } from "./options";
import { startedTrilio } from "./trilio";
import { startedWaldur } from "./waldur";

const usage = `Usage: openstack-snapshots emulator [OPTIONS]

Starts a Waldur in memory on a loopback port, with volumes and snapshots to try things on; runs until Ctrl-C.
With --trilio it is a Trilio and the Keystone that leads to it, with workloads, snapshots and restores.

Options:
  --port PORT           port to listen on; 0 for any free one (default 8800; Trilio 8780)
  --host ADDRESS        address to listen on (default 127.0.0.1)
  --speed FACTOR        how many times faster than a real server (default 1: a snapshot takes 12 s in Waldur,
                        a restore 580 s in Trilio)
  --help                this text

Waldur:
  --generation YEAR     2024 or 2026: which server to be like (default 2024)
  --provisioning COUNT  how many creates of a kind run at a time, or "unlimited" (default 4)
  --approval            orders wait until a consumer approves them

Trilio:
  --trilio              start a Trilio
  --keystone-port PORT  port of its Keystone; 0 for any free one (default 35357)
  --guess NAME=VALUE    what to do where no public source says what Trilio does; may be repeated
  --guesses             print all guesses with their values and what they decide, and end
`;

/** Resolves when somebody wants the process to end. */
function stopped(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => resolve());
  });
}

/** `openstack-snapshots emulator`. */
export const emulatorCommand: Command = {
  summary: "start a Waldur or a Trilio in memory, to try things on",
  usage: () => usage,
  async run(args) {
    const words = wordsOf(args);
    if (words.guesses) {
      process.stdout.write(guessList(guessesOf(words.guess)));
      return 0;
    }
    const stop = stopped();
    const { emulator, introduction } = await (words.trilio ? startedTrilio(words) : startedWaldur(words));
    process.stdout.write(introduction);
    await stop;
    await emulator.close();
    return 0;
  },
};
