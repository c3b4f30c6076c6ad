import type { Command } from "../command";
import { type Declaration, declarations, type LeftOut } from "./declarations";
import { filesIn, writeFiles } from "./files";
import type { Kind, Row } from "./kinds";
import { type ImportOptions, importOptions, sourceIn } from "./options";
import { Server } from "./server";
import { printable, table } from "./table";
import { importUsage } from "./usage";

/** `openstack-snapshots import`. */
export const importCommand: Command = {
  summary: "write files that bring existing snapshots and volumes under Pulumi",
  usage: (args) => importUsage(sourceIn(args)),
  async run(args) {
    const options = importOptions(args);
    const files = filesIn(options.out, options.force);
    const { kind, source } = options;
    const server = new Server(source, process.env);
    const rows = (await server.list(kind, options.filters)).filter((row) => wanted(row, options));
    const main = show(kind, rows);
    const volumes = options.withVolumes ? show(source.kinds.volumes, await server.sourceVolumes(rows)) : [];
    const total = main.length + volumes.length;
    if (total === 0) {
      print([`No ${kind.word} to import: nothing is written.`]);
      return 0;
    }
    if (kind.word === "snapshot") writeFiles(source, files, volumes, main);
    else writeFiles(source, files, main, []);
    print([
      `Wrote ${total} resource${total === 1 ? "" : "s"} to`,
      `  ${files.importFile}  for "pulumi import --file" (front "plugin")`,
      `  ${files.program}  the program; by itself it imports too, in either front`,
    ]);
    return 0;
  },
};

function wanted({ name = "", keptUntil }: Row, { namePrefix, keptUntilSet }: ImportOptions): boolean {
  return name.startsWith(namePrefix) && (!keptUntilSet || keptUntil !== undefined);
}

/** Prints what was found. @returns what can be declared */
function show(kind: Kind, rows: readonly Row[]): Declaration[] {
  const { declared, leftOut } = declarations(kind, rows);
  if (rows.length > 0) print([...table(kind, rows), ""]);
  if (leftOut.length > 0) print(["Left out:", ...leftOut.map(note), ""]);
  return declared;
}

function note({ row: { name = "", uuid }, reason }: LeftOut): string {
  return `  ${printable(name)} (${uuid}): ${printable(reason)}`;
}

function print(lines: string[]): void {
  process.stdout.write(`${lines.join("\n")}\n`);
}
