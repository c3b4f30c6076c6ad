import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import { describe, expect, it } from "vitest";
import { generatedFiles } from "../scripts/generate/files";
import { importCircles } from "./support/importCircles";

const root = join(__dirname, "..");

interface Import {
  file: string;
  /** Path of the imported file below the root, or the name of a package. */
  target: string;
}

/** Every import of every source file below a folder: static, dynamic, type-only, re-exported and required. */
function importsBelow(folder: string): Import[] {
  const files = readdirSync(join(root, folder), { recursive: true, encoding: "utf8" });
  return files
    .filter((name) => /\.m?ts$/.test(name))
    .flatMap((name) => {
      const file = join(root, folder, name);
      const text = readFileSync(file, "utf8");
      const found = text.matchAll(/(?:\bfrom|\bimport|\bimport\(|\brequire\()\s*"([^"\n]+)"/g);
      return Array.from(found, ([, spec = ""]) => ({
        file: relative(root, file).split(sep).join("/"),
        target: spec.startsWith(".")
          ? relative(root, resolve(dirname(file), spec))
              .split(sep)
              .join("/")
          : spec,
      }));
    });
}

const provider = importsBelow("provider");
const backends = readdirSync(join(root, "provider"), { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && !["core", "fronts", "openstack"].includes(entry.name))
  .map(({ name }) => name);

/** The imports that `allowed` does not allow, as lines for people. */
function wrong(imports: readonly Import[], allowed: (target: string) => boolean): string[] {
  return imports.filter(({ target }) => !allowed(target)).map(({ file, target }) => `${file} -> ${target}`);
}

const within = (target: string, ...places: string[]) =>
  places.some((place) => target === place || target.startsWith(`${place}/`));
const isPackage = (target: string) =>
  !within(target, "provider", "sdk", "policy", "emulator", "cli", "scripts", "test");
const isPulumi = (target: string) => within(target, "@pulumi/pulumi", "@grpc/grpc-js");
/** The package itself, by its own name: what a serialised provider requires when it runs. */
const isSelf = (target: string) => within(target, "pulumi-openstack-snapshots");

describe("imports point one way", () => {
  it("are found at all", () => {
    expect(backends).toContain("waldur");
    expect(provider.length).toBeGreaterThan(100);
    expect(provider).toContainEqual({ file: "provider/core/wait/wait.ts", target: "provider/core/clock" });
    expect(provider).toContainEqual({ file: "provider/fronts/resourceHost.ts", target: "provider/registry" });
  });

  it("core knows neither backend nor front, nor Pulumi", () => {
    const core = provider.filter(({ file }) => file.startsWith("provider/core/"));
    const allowed = (target: string) =>
      within(target, "provider/core") || (isPackage(target) && !isPulumi(target) && !isSelf(target));
    expect(wrong(core, allowed)).toEqual([]);
  });

  it("Keystone access knows core and itself, no backend, no front, nor Pulumi", () => {
    const own = provider.filter(({ file }) => file.startsWith("provider/openstack/"));
    const allowed = (target: string) =>
      within(target, "provider/core", "provider/openstack") ||
      (isPackage(target) && !isPulumi(target) && !isSelf(target));
    expect(own.length).toBeGreaterThan(0);
    expect(wrong(own, allowed)).toEqual([]);
  });

  it.each(backends)(
    "%s knows core, Keystone access and itself, no other backend, no front, nor Pulumi",
    (backend) => {
      const own = provider.filter(({ file }) => file.startsWith(`provider/${backend}/`));
      const allowed = (target: string) =>
        within(target, "provider/core", "provider/openstack", `provider/${backend}`) ||
        (isPackage(target) && !isPulumi(target) && !isSelf(target));
      expect(own.length).toBeGreaterThan(0);
      expect(wrong(own, allowed)).toEqual([]);
    },
  );

  it("the registry knows the backends by their index, and core", () => {
    const own = provider.filter(({ file }) => file === "provider/registry.ts");
    const indexes = backends.map((backend) => `provider/${backend}`);
    expect(wrong(own, (target) => within(target, "provider/core") || indexes.includes(target))).toEqual([]);
  });

  it("fronts know core and the registry, but no backend", () => {
    const fronts = provider.filter(({ file }) => file.startsWith("provider/fronts/"));
    const allowed = (target: string) =>
      within(target, "provider/core", "provider/fronts", "provider/registry") || isPackage(target);
    expect(wrong(fronts, allowed)).toEqual([]);
  });

  it("the SDK reaches the provider through its fronts only", () => {
    const allowed = (target: string) => within(target, "sdk", "provider/fronts") || isPackage(target);
    expect(wrong(importsBelow("sdk"), allowed)).toEqual([]);
  });

  it("policies know no backend but by its lifecycles, and of the fronts what those note with a resource", () => {
    const allowed = (target: string) =>
      within(target, "policy", "provider/core", "provider/fronts/forPolicies", "provider/fronts/urn") ||
      target === "provider/registry" ||
      isPackage(target);
    expect(importsBelow("policy").length).toBeGreaterThan(40);
    expect(wrong(importsBelow("policy"), allowed)).toEqual([]);
  });

  it("the emulator knows nothing of the provider", () => {
    const allowed = (target: string) =>
      within(target, "emulator") || (isPackage(target) && !isPulumi(target));
    expect(wrong(importsBelow("emulator"), allowed)).toEqual([]);
  });

  it.each([
    ["clock", []],
    ["http", ["clock"]],
    ["keystone", ["clock", "http", "ids"]],
    ["waldur", ["clock", "http", "ids"]],
    ["trilio", ["clock", "http", "ids", "keystone"]],
  ])("in the emulator, %s knows itself and %j", (folder, others) => {
    const own = importsBelow(`emulator/${folder}`);
    const places = [folder, ...others].map((name) => `emulator/${name}`);
    expect(own.length).toBeGreaterThan(0);
    expect(wrong(own, (target) => within(target, ...places) || isPackage(target))).toEqual([]);
  });

  it("nothing that is published imports tests or scripts", () => {
    const published = [
      ...provider,
      ...importsBelow("sdk"),
      ...importsBelow("policy"),
      ...importsBelow("emulator"),
      ...importsBelow("cli"),
    ];
    expect(wrong(published, (target) => !within(target, "test", "scripts", "bench", "examples"))).toEqual([]);
  });
});

/** Which file imports which, a folder being its index. */
function graphOf(imports: readonly Import[]): Map<string, string[]> {
  const graph = new Map(imports.map(({ file }) => [file, [] as string[]]));
  for (const { file, target } of imports) {
    const forms = [`${target}.ts`, `${target}.mts`, `${target}/index.ts`];
    graph.get(file)?.push(...forms.filter((form) => graph.has(form)));
  }
  return graph;
}

describe("imports make no circles", () => {
  const graph = graphOf(
    ["provider", "sdk", "policy", "emulator", "cli", "scripts"].flatMap((folder) => importsBelow(folder)),
  );

  it("between files of the provider, the SDK, the policies, the emulator, the command line and the scripts", () => {
    expect(graph.get("emulator/index.ts")).toContain("emulator/waldur/index.ts");
    expect(graph.get("scripts/demo.ts")).toContain("emulator/index.ts");
    expect(importCircles(graph)).toEqual([]);
  });

  it("and would be seen: of any length, through one file twice, of a file with itself", () => {
    const circles = (...edges: string[]) =>
      importCircles(
        new Map(
          edges.map((edge) => {
            const [from = "", ...to] = edge.split("");
            return [from, to];
          }),
        ),
      );
    expect(circles("ab", "bc", "c")).toEqual([]);
    expect(circles("abc", "bd", "cd", "d")).toEqual([]);
    expect(circles("ab", "ba")).toEqual([["a", "b"]]);
    expect(circles("ab", "bc", "cad", "d", "e")).toEqual([["a", "b", "c"]]);
    expect(circles("dab", "bc", "cab", "ac")).toEqual([["a", "b", "c"]]);
    expect(circles("ab", "bac", "cd", "dc")).toEqual([
      ["a", "b"],
      ["c", "d"],
    ]);
    expect(circles("aab", "b")).toEqual([["a"]]);
  });
});

describe("what is generated is fresh", () => {
  it.each(generatedFiles())("$path", ({ path, text }) => {
    expect(readFileSync(join(root, path), "utf8")).toBe(text);
  });
});
