import { command } from "../command";
import type { Io, Output } from "../io";
import { printable, table } from "../table";
import { type Declaration, declarations, type LeftOut } from "./declarations";
import { Files } from "./files";
import type { Item, Kind } from "./kinds";
import { type ImportOptions, importOptions } from "./options";
import { Server } from "./server";
import { importUsage } from "./usage";

/** `openstack-snapshots import`. */
export const importCommand = command<ImportOptions>({
  name: "import",
  summary: "write files that bring existing snapshots and volumes under Pulumi",
  usage: importUsage,
  parse: importOptions,
  run: importObjects,
});

async function importObjects(options: ImportOptions, io: Io): Promise<number> {
  const { objects, kind, filters } = options;
  const { kinds } = objects;
  const files = new Files(options.out, io.cwd);
  if (!options.force) files.checkFree();
  const server = new Server(objects, io);
  const items = (await server.list(kind, filters)).filter((item) => wanted(item, options));
  const main = show(io.stdout, kind, items);
  const volumes = options.withVolumes
    ? show(io.stdout, kinds.volumes, await server.sourceVolumes(items, filters))
    : [];
  const total = main.length + volumes.length;
  if (total === 0) {
    print(io.stdout, [`No ${kind.word} to import: nothing is written.`]);
    return 0;
  }
  if (kind === kinds.snapshots) files.write(objects, volumes, main);
  else files.write(objects, main, []);
  print(io.stdout, files.written(total));
  return 0;
}

function wanted({ name = "", keptUntil }: Item, { namePrefix, keptUntilSet }: ImportOptions): boolean {
  return name.startsWith(namePrefix) && (!keptUntilSet || keptUntil !== undefined);
}

/** Prints what was found. @returns what can be declared */
function show(stdout: Output, kind: Kind, items: readonly Item[]): Declaration[] {
  const { declared, leftOut } = declarations(kind, items);
  if (items.length > 0) print(stdout, [...table(items.map(({ name, cells }) => ({ name, ...cells }))), ""]);
  if (leftOut.length > 0) print(stdout, ["Left out:", ...leftOut.map(note), ""]);
  return declared;
}

function note({ item: { name, id }, reason }: LeftOut): string {
  return `  ${printable(name || "-")} (${id}): ${printable(reason)}`;
}

function print(stdout: Output, lines: readonly string[]): void {
  stdout.write(`${lines.join("\n")}\n`);
}
