import { randomBytes } from "node:crypto";
import { mkdir, open, readdir, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { type Note, type Notes, passingNotes } from "../core/resource/notes";

/** So many are kept. They go by number and not by age, since a clock that is wrong once would make all of them old. */
const mostNotes = 2000;

/**
 * Notes as files of a folder, one for each creation. Where the folder cannot be written, they are for this process
 * alone.
 */
export function noteFiles(folder: string): Notes {
  const passing = passingNotes();
  const nameOf = ({ resource, nonce }: Pick<Note, "resource" | "nonce">) => `${resource}-${nonce}.json`;
  const all = async (prefix: string): Promise<Note[]> => {
    const names = await readdir(folder).catch(() => []);
    const own = names.filter((name) => name.startsWith(prefix) && name.endsWith(".json"));
    const notes = await Promise.all(own.map((name) => readNote(join(folder, name))));
    return notes.filter((note) => note !== undefined);
  };
  // Many are asked about in one run, and nobody else writes about what this one deletes.
  let read: Promise<Map<string, Note>> | undefined;
  const known = () => (read ??= all("").then((notes) => new Map(notes.map((note) => [note.nonce, note]))));
  let swept: Promise<void> | undefined;
  const sweep = async () => {
    const notes = await all("");
    // First those of creations that came to their end, the oldest of them before others.
    const rank = ({ ended }: Note) => (ended === undefined ? 1 : 0);
    notes.sort((one, other) => rank(one) - rank(other) || one.at - other.at);
    for (const note of notes.slice(0, Math.max(0, notes.length - mostNotes)))
      await rm(join(folder, nameOf(note)), { force: true });
  };
  return {
    async of(resource) {
      const [kept, mine] = [await all(`${resource}-`), await passing.of(resource)];
      return [...kept, ...mine.filter(({ nonce }) => kept.every((note) => note.nonce !== nonce))];
    },
    async about(id) {
      const kept = [...(await known()).values()].filter(({ resourceId }) => resourceId === id);
      return [...kept, ...(await passing.about(id))];
    },
    async put(note) {
      try {
        await mkdir(folder, { recursive: true, mode: 0o700 });
        swept ??= sweep();
        await swept;
        await writeSafely(folder, nameOf(note), JSON.stringify(note));
        (await read)?.set(note.nonce, note);
      } catch {
        await passing.put(note);
      }
    },
    async drop(note) {
      await passing.drop(note);
      await rm(join(folder, nameOf(note)), { force: true }).catch(() => undefined);
    },
  };
}

async function readNote(path: string): Promise<Note | undefined> {
  try {
    return JSON.parse(await readFile(path, "utf8")) as Note;
  } catch {
    return undefined;
  }
}

/** Whole or not at all, and on the disk when it returns. */
async function writeSafely(folder: string, name: string, text: string): Promise<void> {
  const scratch = join(folder, `.${name}.${randomBytes(4).toString("hex")}`);
  const file = await open(scratch, "w", 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(scratch, join(folder, name));
}
