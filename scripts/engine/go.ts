import { createHash } from "node:crypto";
import { mkdir, statfs } from "node:fs/promises";
import { join } from "node:path";
import { copyRaters, LATE_TABLES } from "./lateTables";
import { LAUNCHERS, writeLaunchers } from "./launchers";
import { withProgress } from "./progress";
import { run } from "./run";
import type { BuildContext, Recipe } from "./types";
import { isAtLeast } from "./version";
import { executablesOnPath } from "./which";

/** A program that is built from a Go module. */
interface GoProgram {
  name: string;
  module: string;
  version: string;
  package: string;
  ldflags: string;
  /** Whether it holds the modules that rate passwords. */
  ratesPasswords: boolean;
}

const ENGINE_VERSION = "3.220.0";

const PROGRAMS: readonly GoProgram[] = [
  {
    name: "pulumi",
    module: "github.com/pulumi/pulumi/pkg/v3",
    // The newest engine that starts policy packs through the launcher. Later ones ask the language
    // host to do it, and the one below is too old for that.
    version: ENGINE_VERSION,
    package: "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi",
    ldflags: `-s -w -X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=${ENGINE_VERSION}`,
    ratesPasswords: true,
  },
  {
    name: "pulumi-language-nodejs",
    module: "github.com/pulumi/pulumi/sdk/v3",
    // The last version that holds the language host, which then became a module of its own.
    version: "3.68.0",
    package: "github.com/pulumi/pulumi/sdk/v3/nodejs/cmd/pulumi-language-nodejs",
    ldflags: "-s -w",
    ratesPasswords: false,
  },
];

/** The Go that these modules ask for. From 1.21 on, Go fetches a newer one by itself if allowed to. */
export const GO_WANTED = "1.24";
const GO_REFUSED_BELOW = "1.21";

const NEEDED_BYTES = 4e9;
const COMMAND_LIMIT_MS = 40 * 60_000;

/** Builds the engine and its language host from their public Go modules, with caches of its own. */
export function goRecipe(): Recipe {
  const recipe = createHash("sha256").update(JSON.stringify([PROGRAMS, LAUNCHERS, LATE_TABLES, "static"]));
  return {
    origin: "go",
    name: "A build from Go modules",
    version: ENGINE_VERSION,
    key: `${ENGINE_VERSION}-go-${recipe.digest("hex").slice(0, 8)}-${process.platform}-${process.arch}`,
    announcement: `Building Pulumi ${ENGINE_VERSION} from Go modules: 2 to 5 minutes on two cores, once. It takes 3 GB of disk meanwhile and 100 MB afterwards.`,
    build,
  };
}

async function build(target: string, context: BuildContext): Promise<void> {
  const { scratch, env } = context;
  const [go] = executablesOnPath("go", env);
  if (go === undefined) throw new Error("there is no `go` on PATH");
  await refuseOldGo(go, context);
  const { bavail, bsize } = await statfs(scratch);
  if (bavail * bsize < NEEDED_BYTES)
    throw new Error(`less than ${NEEDED_BYTES / 1e9} GB are free for it on the disk`);

  await mkdir(join(scratch, "tmp"));
  for (const program of PROGRAMS) await buildProgram(go, program, join(target, "bin"), context);
  await writeLaunchers(join(target, "bin"));
}

async function refuseOldGo(go: string, { env, scratch, signal }: BuildContext): Promise<void> {
  const answer = await run(go, ["version"], { env, cwd: scratch, signal });
  const version = /go(\d+\.\d+\S*)/.exec(answer)?.[1];
  if (version === undefined || isAtLeast(version, GO_REFUSED_BELOW)) return;
  throw new Error(`${go} is version ${version}, and ${GO_WANTED} or newer is needed`);
}

async function buildProgram(
  go: string,
  program: GoProgram,
  binDir: string,
  context: BuildContext,
): Promise<void> {
  const { scratch, signal, log } = context;
  const cwd = join(scratch, program.name);
  await mkdir(cwd);
  const env = goEnv(context);
  let lines = 0;
  const command = (...args: string[]) =>
    run(go, args, { env, cwd, signal, timeoutMs: COMMAND_LIMIT_MS, onLine: () => lines++ });

  let packages = 0;
  const fetchModules = async () => {
    await command("mod", "init", "scratch.invalid/build");
    await command("get", `${program.module}@v${program.version}`);
    // Fetches what `get` left out, so that what follows is compiling alone and can be counted.
    packages = (await command("list", "-mod=mod", "-deps", program.package)).trim().split("\n").length;
    if (program.ratesPasswords)
      await command("mod", "edit", ...(await copyRaters(folderOf(command), join(cwd, "late"))));
  };
  await withProgress(log, `${program.name}: downloading Go modules`, fetchModules, () => `${lines} modules`);

  lines = 0;
  const file = join(binDir, process.platform === "win32" ? `${program.name}.exe` : program.name);
  const compile = () =>
    command("build", "-v", "-mod=mod", "-ldflags", program.ldflags, "-o", file, program.package);
  await withProgress(log, `${program.name}: compiling`, compile, () => `${lines} of ${packages} packages`);
}

/** Where Go has put a module of what is built. */
function folderOf(command: (...args: string[]) => Promise<string>): (module: string) => Promise<string> {
  return async (module) => (await command("list", "-mod=mod", "-m", "-f", "{{.Dir}}", module)).trim();
}

/** The user's environment, so that proxy settings hold, with everything written kept in the scratch folder. */
function goEnv({ env, scratch }: BuildContext): NodeJS.ProcessEnv {
  const { GOOS: _os, GOARCH: _arch, ...rest } = env;
  return {
    ...rest,
    GOMODCACHE: join(scratch, "modules"),
    GOCACHE: join(scratch, "build"),
    GOTMPDIR: join(scratch, "tmp"),
    GOWORK: "off",
    // Needs no C compiler, and the outcome runs wherever the cache folder is shared to.
    CGO_ENABLED: "0",
  };
}
