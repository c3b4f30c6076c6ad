import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { copyRaters } from "../../scripts/engine/lateTables";
import { raters } from "./fakes";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "lateTables-"));
  raters(folder);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const sources = (module: string) => join(folder, module);
const copy = () => copyRaters(async (module) => sources(module), join(folder, "late"));
const read = (...path: string[]) => readFileSync(join(folder, "late", ...path), "utf8");

describe("the tables of the modules that rate passwords", () => {
  test("are read when they are asked for, in copies of both modules", async () => {
    expect(await copy()).toEqual(
      ["nbutton23", "ccojocar"].flatMap((owner, number) => [
        "-replace",
        `github.com/${owner}/zxcvbn-go=${join(folder, "late", String(number))}`,
      ]),
    );
    for (const [number, owner] of ["nbutton23", "ccojocar"].entries()) {
      expect(read(String(number), "go.mod")).toMatch(`module github.com/${owner}/zxcvbn-go\n`);
      const frequency = read(String(number), "frequency", "frequency.go");
      expect(frequency).toBe("package frequency\n\nfunc Load() {\n}\n");
      const matching = read(String(number), "matching", "matching.go");
      const loading = "func loadFrequencyList() {\n\tfrequency.Load()\n\tfor {}\n}\n";
      expect(matching).toBe(`package matching\n\n\n${loading}`);
    }
  });

  test("are copied from folders that cannot be written to", async () => {
    const matching = sources("github.com/nbutton23/zxcvbn-go/matching");
    chmodSync(join(matching, "matching.go"), 0o444);
    chmodSync(matching, 0o555);
    await copy();
    expect(statSync(join(folder, "late", "0", "matching", "matching.go")).mode & 0o200).toBe(0o200);
    chmodSync(matching, 0o755);
  });

  test("are not guessed at in a module that is written otherwise", async () => {
    const file = join(sources("github.com/ccojocar/zxcvbn-go"), "frequency", "frequency.go");
    writeFileSync(file, "package frequency\n");
    await expect(copy()).rejects.toThrow('expected "func init() {" once, found it 0 times');
  });
});
