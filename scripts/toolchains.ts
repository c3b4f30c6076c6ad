// Tries the package, packed as it is published, with package managers, versions of Node and bun on an emulated Waldur and
// the real engine: `npm run test:toolchains`. What follows `--` are parts of the names of what is to be tried.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import sdk from "@pulumi/pulumi/package.json";
import { startWaldur } from "../emulator";
import manifest from "../package.json";
import { missingPackage } from "../provider/fronts/dynamic/provider";
import { endWhenAbandoned } from "./abandoned";
import { ensureEngine, isolatedEnv } from "./engine";
import { type Manager, managers, tools } from "./toolchains/managers";
import { library, libraryName, native, type Program, programs, throughLibrary } from "./toolchains/programs";
import { asNode, folder, type Outcome, run, through } from "./toolchains/projects";
import { build, root } from "./tools";

const fronts = ["dynamic", "plugin"] as const;

/** What all of it shares. */
interface Shared {
  /** A folder that is removed in the end. */
  place: string;
  /** The `node_modules` of the tools. */
  modules: string;
  /** Archives of the package, and of the library that depends on it. */
  archives: Record<string, string>;
  url: string;
  env: Record<string, string>;
  /** Counts an outcome and shows it, unless it is not asked for. */
  check(name: string, outcome: () => Promise<Outcome>): Promise<void>;
}

async function main(wanted: readonly string[]): Promise<void> {
  const engine = await ensureEngine({ log: console.log });
  if ((await build()) !== 0) throw new Error("the package cannot be built");
  const place = mkdtempSync(join(tmpdir(), "openstack-snapshots-toolchains-"));
  const waldur = await startWaldur({ speed: 400, maxProvisioning: Number.POSITIVE_INFINITY });
  const count = { passed: 0, failed: 0 };
  try {
    const env = {
      ...isolatedEnv(engine, place),
      WALDUR_ACCESS_TOKEN: waldur.tokens.owner,
      VOLUME: waldur.ids.volumes["data-1"] ?? "",
    };
    const shared: Shared = {
      place,
      modules: await install(place, env),
      archives: await pack(place, env),
      url: waldur.url,
      env,
      async check(name, outcome) {
        if (!wanted.every((part) => name.includes(part))) return;
        const { ok, text } = await outcome().catch((error: Error) => ({ ok: false, text: error.message }));
        count[ok ? "passed" : "failed"] += 1;
        console.log(`${ok ? "ok    " : "FAILED"} ${name}${ok ? "" : `\n${text}`}`);
      },
    };
    for (const manager of managers) await withManager(manager, shared);
  } finally {
    await waldur.close();
    rmSync(place, { recursive: true, force: true });
  }
  console.log(`${count.passed} passed, ${count.failed} failed`);
  if (count.failed > 0 || count.passed === 0) process.exitCode = 1;
}

/** Programs in a project of one package manager; where it is npm, other runtimes too. */
async function withManager(manager: Manager, shared: Shared): Promise<void> {
  const { name, hoists } = manager;
  const { check, modules, place } = shared;
  const direct = once(() => project(manager, [manifest.name], shared));
  const runs = (title: string, path: () => Promise<string>, program: Program, node?: string) =>
    fronts.map(
      (front) => () =>
        check(`${title}, ${program.name}, ${front}`, async () =>
          start(manager, await path(), program, front, shared, node),
        ),
    );
  for (const program of programs) for (const each of runs(name, direct, program)) await each();
  const below = once(() => project(manager, [libraryName], shared));
  for (const front of fronts) {
    const title = `${name}, only below a library, ${front}`;
    await check(title, async () => {
      const { ok, text } = await start(manager, await below(), throughLibrary, front, shared);
      const works = hoists || front === "plugin";
      const said = text.includes(`error: ${missingPackage}\n`) && !text.includes("    at ");
      return { ok: works ? ok : !ok && said, text };
    });
  }
  if (name !== "npm") return;
  const [node24 = ""] = Object.keys(tools).filter((each) => each.startsWith("node-"));
  for (const [runtime, file] of Object.entries({
    "Node 24": join(modules, node24, "bin", "node"),
    bun: join(modules, ".bin", "bun"),
  })) {
    const path = asNode({ name: runtime, file }, join(place, "runtimes"));
    for (const program of [...programs.slice(0, 2), ...native])
      for (const each of runs(runtime, direct, program, path)) await each();
  }
}

/** Makes something when it is first asked for. */
function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

/** Makes a project with these packages and installs them. @throws Error with what the package manager says */
async function project(manager: Manager, names: readonly string[], shared: Shared): Promise<string> {
  const { place, modules, archives, env } = shared;
  const own = names.map((name) => [name, `file:${archives[name]}`]);
  const path = folder(join(place, `${manager.name}-${names[0]}`.replace(/\W+/g, "-")), {
    "package.json": {
      name: "project",
      private: true,
      dependencies: {
        "@pulumi/pulumi": sdk.version,
        "@types/node": "^20",
        typescript: "~5.9",
        ...Object.fromEntries(own),
      },
      // Yarn 1 would add the newest SDK, which may not run on this Node.
      resolutions: { "@pulumi/pulumi": sdk.version },
    },
    ...manager.files,
  });
  const { ok, text } = await run(manager.install(modules), {
    cwd: path,
    env: { ...env, ...manager.env?.(join(place, "caches")) },
  });
  if (!ok) throw new Error(`${manager.name} does not install:\n${text}`);
  return path;
}

function start(
  { node }: Manager,
  path: string,
  program: Program,
  front: string,
  { url, env }: Shared,
  runtime?: string,
): Promise<Outcome> {
  const own = {
    ...env,
    ...(node ? { NODE_OPTIONS: node(path) } : {}),
    ...(runtime ? { PATH: `${runtime}${delimiter}${env.PATH}` } : {}),
  };
  return through(path, program, { front, url, env: own, plugin: join(root, "bin") });
}

async function install(place: string, env: Record<string, string>): Promise<string> {
  const cwd = folder(join(place, "tools"), { "package.json": { name: "tools", dependencies: tools } });
  const { ok, text } = await run(["npm", "install", "--no-audit", "--no-fund"], { cwd, env });
  if (!ok) throw new Error(`the tools cannot be installed:\n${text}`);
  return join(cwd, "node_modules");
}

async function pack(place: string, env: Record<string, string>): Promise<Record<string, string>> {
  const archives = folder(join(place, "archives"), {});
  const [name, version] = [manifest.name, manifest.version];
  const own = join(archives, `${name}-${version}.tgz`);
  const source = folder(join(place, "library"), {
    "package.json": { name: libraryName, version, dependencies: { [name]: `file:${own}` } },
    "index.js": library,
  });
  for (const cwd of [root, source]) {
    const args = ["pack", "--ignore-scripts", "--pack-destination", archives] as const;
    const { ok, text } = await run(["npm", ...args], { cwd, env });
    if (!ok) throw new Error(`it cannot be packed:\n${text}`);
  }
  return { [name]: own, [libraryName]: join(archives, `${libraryName}-${version}.tgz`) };
}

endWhenAbandoned();
main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
});
