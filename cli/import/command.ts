import type { Command } from "../command";
import { type Declaration, declarations, type LeftOut } from "./declarations";
import { filesIn, writeFiles } from "./files";
import type { Item, Kind } from "./kinds";
import { type ImportOptions, importOptions } from "./options";
import { Server } from "./server";
import { printable, table } from "./table";
import { importUsage } from "./usage";

/** `openstack-snapshots import`. */
export const importCommand: Command = {
  summary: "write files that bring existing snapshots and volumes under Pulumi",
  usage: importUsage,
  async run(args) {
    const options = importOptions(args);
    const files = filesIn(options.out, options.force);
    const { objects, kind, filters } = options;
    const { kinds } = objects;
    const server = new Server(objects, process.env);
    const items = (await server.list(kind, filters)).filter((item) => wanted(item, options));
    const main = show(kind, items);
    const volumes = options.withVolumes
      ? show(kinds.volumes, await server.sourceVolumes(items, filters))
      : [];
    const total = main.length + volumes.length;
    if (total === 0) {
      print([`No ${kind.word} to import: nothing is written.`]);
      return 0;
    }
    if (kind === kinds.snapshots) writeFiles(files, objects, volumes, main);
    else writeFiles(files, objects, main, []);
    print([
      `Wrote ${total} resource${total === 1 ? "" : "s"} to`,
      `  ${files.importFile}  for "pulumi import --file" (front "plugin")`,
      `  ${files.program}  the program; by itself it imports too, in either front`,
    ]);
    return 0;
  },
};

function wanted({ name = "", keptUntil }: Item, { namePrefix, keptUntilSet }: ImportOptions): boolean {
  return name.startsWith(namePrefix) && (!keptUntilSet || keptUntil !== undefined);
}

/** Prints what was found. @returns what can be declared */
function show(kind: Kind, items: readonly Item[]): Declaration[] {
  const { declared, leftOut } = declarations(kind, items);
  if (items.length > 0) print([...table(items), ""]);
  if (leftOut.length > 0) print(["Left out:", ...leftOut.map(note), ""]);
  return declared;
}

function note({ item: { name, id }, reason }: LeftOut): string {
  return `  ${printable(name || "-")} (${id}): ${printable(reason)}`;
}

function print(lines: string[]): void {
  process.stdout.write(`${lines.join("\n")}\n`);
}
