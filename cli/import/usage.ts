import { type Options, optionLines, wrapped } from "../options";
import { backendIn, backends, defaultBackend } from "./backends";
import { filtersOf } from "./filters";
import { ownOptions, snapshotOptions } from "./options";

/** What `openstack-snapshots import --help` prints. @param args what else is on the command line */
export function importUsage(args: readonly string[]): string {
  const { backend, kinds, help } = backends.get(backendIn(args)) ?? defaultBackend;
  const [snapshots, volumes] = [filtersOf(kinds.snapshots), filtersOf(kinds.volumes)];
  return [
    "Usage: openstack-snapshots import snapshots|volumes [OPTIONS]",
    "",
    "Lists what is there and writes two files that bring it under Pulumi as it is: import.json for",
    '"pulumi import --file", and imported.ts, a program that declares every object with the option "import".',
    ...wrapped(`Nothing is changed on the server. ${help.leftOut}`),
    "",
    ...wrapped(`With the backend ${backend.name}, ${help.access}`),
    "",
    "Options:",
    ...optionLines(ownOptions),
    "",
    "Options for snapshots:",
    ...optionLines({ ...snapshotOptions, ...without(snapshots, volumes) }),
    "",
    "Options for volumes:",
    ...optionLines(without(volumes, snapshots)),
    "",
    "Filters and order for both:",
    ...optionLines(without(snapshots, without(snapshots, volumes))),
    "",
  ].join("\n");
}

function without(options: Options, others: Options): Options {
  return Object.fromEntries(Object.entries(options).filter(([name]) => !Object.hasOwn(others, name)));
}
