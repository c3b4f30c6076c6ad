import { helpOption, optionLines } from "../options";
import { ownOptions } from "./options";

/** What `openstack-snapshots orphans --help` prints. */
export function orphansUsage(): string {
  return [
    "Usage: openstack-snapshots orphans [OPTIONS] [--adopt|--remove [ID...]]",
    "",
    "Lists the snapshots, volumes and orders that the provider made for a stack and that its state does not hold:",
    "left by a killed run, or taken out by pulumi state delete. Run it in the folder of the project: where the",
    "state is tells which marks are the stack's. Server and credentials come from WALDUR_API_URL and",
    "WALDUR_ACCESS_TOKEN; with --backend cinder from clouds.yaml and OS_CLOUD, or from the OS_* variables.",
    "",
    "--adopt writes import.json and imported.ts, as import does. --remove removes as a destroy does: what is",
    "retained until a date is refused. Both are for all that is listed, or for the IDs.",
    "",
    "Options:",
    ...optionLines({ ...ownOptions, ...helpOption }),
    "",
    "Exit code: 0 none, or all done; 1 there are some, or not all were done; 2 wrong use; 3 no answer from the",
    "server or from pulumi.",
    "",
  ].join("\n");
}
