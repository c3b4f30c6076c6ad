import { namespace, readSettings } from "../../provider/core/backend";
import { limited } from "../../provider/core/deadline";
import { messageOf, UserError } from "../../provider/core/errors";
import { uuidIn } from "../../provider/core/values";
import { command } from "../command";
import { Files } from "../import/files";
import type { Io } from "../io";
import { adopt, type Refused, refusals } from "./adopt";
import type { Marked } from "./marked";
import { type OrphansOptions, orphansOptions } from "./options";
import { type Found, type Orphan, orphansAmong } from "./orphans";
import { remove } from "./remove";
import { jsonOf, listed, shownOf, what } from "./show";
import { readViews } from "./states";
import { orphansUsage } from "./usage";
import type { StackView } from "./view";

/** `openstack-snapshots orphans`. */
export const orphansCommand = command<OrphansOptions>({
  name: "orphans",
  summary: "list, adopt or remove what was made for a stack and is not in its state",
  usage: orphansUsage,
  failed: 3,
  parse: orphansOptions,
  run: runOrphans,
});

/** So long may the lists take. */
const limitMinutes = 20;

async function runOrphans(options: OrphansOptions, io: Io): Promise<number> {
  const { marked, deed, ids } = options;
  const files = new Files(options.out, io.cwd);
  const inTheWay = deed === "adopt" && !options.force ? messageIf(() => files.checkFree()) : undefined;
  if (inTheWay !== undefined) return complain(io, inTheWay);
  const { backend } = marked.module;
  const settings = readSettings(backend.settings, () => undefined, io.env);
  const client = backend.connect(settings, io.clock, io);
  const views = await readViews(options.sources, io);
  const { orphans, unmarked } = await find(options, client, views, io);
  for (const view of unmarked) io.stderr.write(`warning: ${warning(view)}\n`);
  if (deed === "list") return list(orphans, options, io);
  const unknown = ids.filter((id) => !orphans.some(({ object }) => isSame(object.id, id)));
  if (unknown.length > 0) {
    const not = deed === "adopt" ? "adopted" : "removed";
    return complain(io, `not listed as an orphan: ${unknown.join(", ")}. Nothing is ${not}.`);
  }
  const chosen = orphans.filter(({ object }) => ids.length === 0 || ids.some((id) => isSame(object.id, id)));
  if (deed === "adopt") return adoption(chosen, files, options, io);
  const done = await remove(chosen, client, options, io);
  tell(io, options, {
    lines: [
      ...done.removed.map((orphan) => `Removed ${what(orphan)}`),
      ...refusals("Not removed:", done.refused),
      ...(chosen.length === 0 ? [nothing] : []),
    ],
    json: { removed: done.removed.map(({ object }) => object.id), refused: done.refused.map(reasonOf) },
  });
  io.signal.throwIfAborted();
  return done.refused.length > 0 ? 1 : 0;
}

const nothing = "No orphans: nothing is left over.";

/** Says what kept it from being done. */
function complain(io: Io, message: string): number {
  io.stderr.write(`openstack-snapshots: ${message}\n`);
  return 1;
}

function messageIf(run: () => void): string | undefined {
  try {
    run();
    return undefined;
  } catch (error) {
    return messageOf(error);
  }
}

function isSame(one: string, other: string): boolean {
  return one === other || (uuidIn(one) !== undefined && uuidIn(one) === uuidIn(other));
}

/** What is printed, for people and for programs. */
interface Told {
  lines: string[];
  json: unknown;
}

function tell({ stdout }: Io, { output }: OrphansOptions, { lines, json }: Told): void {
  stdout.write(output === "json" ? `${JSON.stringify(json, undefined, 2)}\n` : `${lines.join("\n")}\n`);
}

function list(orphans: readonly Orphan[], options: OrphansOptions, io: Io): number {
  const shown = orphans.map((orphan) => shownOf(orphan, options.again));
  const lines = shown.length === 0 ? [nothing] : listed(shown).slice(0, -1);
  tell(io, options, { lines, json: shown.map(jsonOf) });
  return orphans.length > 0 ? 1 : 0;
}

function adoption(orphans: readonly Orphan[], files: Files, options: OrphansOptions, io: Io): number {
  const { adopted, refused } = adopt(orphans, options, files);
  const wrote = adopted.length > 0;
  tell(io, options, {
    lines: [
      ...refusals("Left out:", refused),
      ...(wrote ? files.written(adopted.length) : []),
      ...(orphans.length === 0 ? [nothing] : []),
    ],
    json: {
      files: wrote ? [files.importFile, files.program] : [],
      adopted: adopted.map(({ kind, name, id }) => ({ type: `${namespace}:${kind.type}`, name, id })),
      refused: refused.map(reasonOf),
    },
  });
  return refused.length > 0 ? 1 : 0;
}

function reasonOf({ orphan, reason }: Refused): { id: string; reason: string } {
  return { id: orphan.object.id, reason };
}

async function find(
  { marked, sources, all }: OrphansOptions,
  client: unknown,
  views: readonly StackView[],
  io: Io,
): Promise<Found> {
  const stacks = views.flatMap(({ marks }) => marks);
  if (stacks.length === 0 && !all) {
    throw new UserError(
      "the state holds no resource, so it does not tell which marks are its stack's: use --stack, or --all",
    );
  }
  const search = { backend: marked.module.backend.name, all };
  const objects = await within(io, (signal) =>
    marked.find({ client, clock: io.clock, signal }, all ? undefined : stacks),
  );
  const found = orphansAmong(objects, views, search);
  if (found.orphans.length === 0 || sources.files.length > 0) return found;
  // What a run has made since the state was read is in the state that is read now.
  return orphansAmong(objects, await readViews(sources, io), search);
}

async function within(io: Io, run: (signal: AbortSignal) => Promise<Marked[]>): Promise<Marked[]> {
  const { signal, end } = limited(io.clock, limitMinutes * 60_000, `${limitMinutes} min`, io.signal);
  try {
    return await run(signal);
  } finally {
    end();
  }
}

function warning({ stack }: StackView): string {
  return (
    `nothing that the stack "${stack}" holds was found with its mark, so leftovers of it may be missing here: check the ` +
    "server, and run this in the folder of the project, signed in where its state is. --all lists what is marked"
  );
}
