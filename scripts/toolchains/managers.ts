import { join } from "node:path";

/** What is tried, from npm, with the versions that are known to work here. */
export const tools: Record<string, string> = {
  pnpm: "12.4.2",
  yarn: "1.22.22",
  "@yarnpkg/cli-dist": "4.18.1",
  bun: "1.4.4",
  [`node-${process.platform === "win32" ? "win" : process.platform}-${process.arch}`]: "24.13.0",
};

/** A package manager, and how it lays packages out. */
export interface Manager {
  name: string;
  /** The command that installs what a manifest names. @param bin the folder of the installed tools */
  install(modules: string): readonly [file: string, ...args: string[]];
  /** What is in the environment of the installation. @param cache a folder that it may fill */
  env?(cache: string): Record<string, string>;
  /** Files of the project that it reads, by their names. */
  files?: Record<string, string>;
  /** Options of Node for every process of a program. @param project its folder */
  node?(project: string): string;
  /** Whether a program finds what a library alone depends on. */
  hoists: boolean;
}

/** Yarn 2 or newer. @param linker how it lays packages out */
function berry(linker: "pnp" | "node-modules", others: Pick<Manager, "node" | "hoists">): Manager {
  return {
    name: `yarn 4 (${linker})`,
    install: (modules) => [process.execPath, join(modules, "@yarnpkg/cli-dist/bin/yarn.js"), "install"],
    env: (cache) => ({
      YARN_GLOBAL_FOLDER: join(cache, "yarn"),
      YARN_ENABLE_TELEMETRY: "0",
      YARN_ENABLE_IMMUTABLE_INSTALLS: "false",
      ...registry("YARN_NPM_REGISTRY_SERVER"),
    }),
    files: { ".yarnrc.yml": `nodeLinker: ${linker}\n`, "yarn.lock": "" },
    ...others,
  };
}

/** The registry that npm uses. It is known where npm runs this, and others have a default of their own. */
function registry(variable: string): Record<string, string> {
  const { npm_config_registry: url } = process.env;
  return url === undefined ? {} : { [variable]: url };
}

/** The package managers that are tried. */
export const managers: readonly Manager[] = [
  { name: "npm", install: () => ["npm", "install", "--no-audit", "--no-fund"], hoists: true },
  {
    name: "pnpm",
    install: (modules) => [
      join(modules, ".bin", "pnpm"),
      "install",
      // It refuses packages with scripts that nobody has approved, of which Pulumi's SDK has one.
      "--ignore-scripts",
    ],
    env: (cache) => ({ npm_config_store_dir: join(cache, "pnpm") }),
    hoists: false,
  },
  {
    name: "yarn 1",
    install: (modules) => [
      process.execPath,
      join(modules, "yarn/bin/yarn.js"),
      "install",
      "--non-interactive",
    ],
    env: (cache) => ({ YARN_CACHE_FOLDER: join(cache, "yarn1") }),
    hoists: true,
  },
  berry("node-modules", { hoists: true }),
  berry("pnp", {
    // What `yarn run` sets.
    node: (project) =>
      `--require ${join(project, ".pnp.cjs")} --experimental-loader ${join(project, ".pnp.loader.mjs")}`,
    hoists: false,
  }),
  { name: "bun", install: (modules) => [join(modules, ".bin", "bun"), "install"], hoists: true },
];
