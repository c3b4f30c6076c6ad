import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { noteFiles } from "../../../provider/fronts/noteFiles";

const note = { resource: "r1", stack: "s", nonce: "n1", at: 0 };

let root: string;
let folder: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "openstack-snapshots-notes-"));
  folder = join(root, "deep", "creations");
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const notes = () => noteFiles(folder);

describe("notes as files", () => {
  it("are there for the next process, by resource", async () => {
    await notes().put(note);
    await notes().put({ ...note, nonce: "n2", resource: "r2" });
    await notes().put({ ...note, id: "x", ended: 5 });
    expect(await notes().of("r1")).toEqual([{ ...note, id: "x", ended: 5 }]);
    expect(await notes().of("r")).toEqual([]);
  });

  it("are found by the id that Pulumi has, also right after they were written", async () => {
    await notes().put({ ...note, id: "volume", resourceId: "x" });
    const mine = notes();
    expect(await mine.about("x")).toEqual([{ ...note, id: "volume", resourceId: "x" }]);
    expect(await mine.about("volume")).toEqual([]);
    await mine.put({ ...note, nonce: "n2", resourceId: "y" });
    expect(await mine.about("y")).toHaveLength(1);
  });

  it("are nobody else's to read, and leave no scraps", async () => {
    await notes().put(note);
    expect(readdirSync(folder)).toEqual(["r1-n1.json"]);
    expect(statSync(join(folder, "r1-n1.json")).mode & 0o777).toBe(0o600);
  });

  it("of what was not made are dropped", async () => {
    await notes().put(note);
    await notes().drop(note);
    await notes().drop(note);
    expect(await notes().of("r1")).toEqual([]);
  });

  it("stay until there are 2000, whatever the clock says; then those that ended go first, the oldest of them", async () => {
    const mine = notes();
    await mine.put({ ...note, nonce: "open" });
    const write = (nonce: string, at: number) =>
      writeFileSync(join(folder, `r1-${nonce}.json`), JSON.stringify({ ...note, nonce, at, ended: at }));
    for (let count = 0; count < 1999; count++) write(`e${count}`, count);
    await notes().put({ ...note, nonce: "next", at: 9e15 });
    expect(await notes().of("r1")).toHaveLength(2001);
    await notes().put({ ...note, nonce: "last" });
    const left = new Set((await notes().of("r1")).map(({ nonce }) => nonce));
    expect(["open", "next", "last", "e1"].map((nonce) => left.has(nonce))).toEqual([true, true, true, true]);
    expect(left.has("e0")).toBe(false);
  });

  it("that cannot be read count as none", async () => {
    await notes().put(note);
    writeFileSync(join(folder, "r1-half.json"), '{"resource":');
    expect(await notes().of("r1")).toEqual([note]);
  });

  it("are this process's alone where nothing can be written", async () => {
    writeFileSync(join(root, "deep"), "a file where a folder has to be");
    const mine = notes();
    await mine.put(note);
    expect(await mine.of("r1")).toEqual([note]);
    await mine.put({ ...note, resourceId: "x" });
    expect(await mine.about("x")).toHaveLength(1);
    expect(await notes().of("r1")).toEqual([]);
    await mine.drop(note);
    expect(await mine.of("r1")).toEqual([]);
  });
});
