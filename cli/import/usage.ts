import { backendIn, backends, defaultBackend } from "./backends";
import { type Filter, filtersOf } from "./filters";

/** Options beside the filters, with what each is for. */
const ownOptions = {
  "--backend NAME": `${[...backends.keys()].join(" or ")}; with --help, whose options are told. Default: ${defaultBackend.backend.name}.`,
  "--name-prefix TEXT": "Only what has a name that begins so; case counts.",
  "--out DIR": "Folder for the two files; it is made where it does not exist. Default: this one.",
  "--force": "Overwrite files that are there already.",
  "--help": "This text.",
};

const snapshotOptions = {
  "--kept-until-set": "Only snapshots that are kept until some instant, and not for ever.",
  "--with-volumes": "Declare the source volumes too, and refer to them.",
};

/** What `openstack-snapshots import --help` prints. @param args what else is on the command line */
export function importUsage(args: readonly string[]): string {
  const { backend, kinds, help } = backends.get(backendIn(args)) ?? defaultBackend;
  const [snapshots, volumes] = [filtersOf(kinds.snapshots), filtersOf(kinds.volumes)];
  const names = new Set(volumes.map(({ option }) => option));
  const both = snapshots.filter(({ option }) => names.has(option));
  const shared = new Set(both.map(({ option }) => option));
  const only = (filters: Filter[]) => filters.filter(({ option }) => !shared.has(option));
  return [
    "Usage: openstack-snapshots import snapshots|volumes [OPTIONS]",
    "",
    "Lists what is there and writes two files that bring it under Pulumi as it is: import.json for",
    '"pulumi import --file", and imported.ts, a program that declares every object with the option "import".',
    ...wrapped(`Nothing is changed on the server. ${help.leftOut}`, pageWidth),
    "",
    ...wrapped(`With the backend ${backend.name}, ${help.access}`, pageWidth),
    "",
    "Options:",
    ...lines(ownOptions),
    "",
    "Options for snapshots:",
    ...lines({ ...snapshotOptions, ...described(only(snapshots)) }),
    "",
    "Options for volumes:",
    ...lines(described(only(volumes))),
    "",
    "Filters and order for both:",
    ...lines(described(both)),
    "",
  ].join("\n");
}

function described(filters: Filter[]): Record<string, string> {
  return Object.fromEntries(
    filters.map(({ option, type, placeholder, description }) => [
      type === "boolean" ? `--[no-]${option}` : `--${option} ${placeholder}`,
      description,
    ]),
  );
}

const pageWidth = 110;
const optionWidth = 34;
const textWidth = 74;

function lines(options: Record<string, string>): string[] {
  return Object.entries(options).flatMap(([option, text]) => {
    const [first = "", ...others] = wrapped(text);
    return [`  ${option.padEnd(optionWidth)}${first}`, ...others.map((line) => indented(line))];
  });
}

function indented(line: string): string {
  return " ".repeat(optionWidth + 2) + line;
}

function wrapped(text: string, width = textWidth): string[] {
  const rows: string[] = [];
  for (const word of text.split(" ")) {
    const last = rows.at(-1);
    if (last !== undefined && last.length + word.length < width) rows[rows.length - 1] = `${last} ${word}`;
    else rows.push(word);
  }
  return rows;
}
