import { helpOption, optionLines } from "../options";
import { commonOptions, trilioOptions, waldurOptions } from "./options";

/** What `openstack-snapshots emulator --help` prints. */
export function emulatorUsage(): string {
  return [
    "Usage: openstack-snapshots emulator [OPTIONS]",
    "",
    "Starts a Waldur in memory on a loopback port, with volumes and snapshots to try things on; runs until Ctrl-C.",
    "With --trilio it is a Trilio and the Keystone that leads to it, with workloads, snapshots and restores.",
    "",
    "Options:",
    ...optionLines({ ...commonOptions, ...helpOption }),
    "",
    "Waldur:",
    ...optionLines(waldurOptions),
    "",
    "Trilio:",
    ...optionLines(trilioOptions),
    "",
  ].join("\n");
}
