/** A Pulumi engine that can be run. */
export interface Engine {
  /** Folder to put first on PATH. */
  binDir: string;
  /** Full path of the `pulumi` binary. */
  pulumi: string;
  /** Its version, e.g. "3.220.0". */
  version: string;
  /** Where it came from. "installer" and "go" mean that it was set up just now. */
  origin: "path" | "cache" | "installer" | "go";
  /** More folders for PATH, after `binDir`: launchers that the engine was installed without. */
  extraPath?: readonly string[];
}

/** What every way of getting an engine is given. */
export interface Context {
  log: (line: string) => void;
  /** Folder that holds the engines, the lock and the half-finished work. */
  cacheDir: string;
  /** The caller's environment: PATH, proxies, Go settings. */
  env: NodeJS.ProcessEnv;
  /** Waits so many milliseconds. */
  sleep: (ms: number) => Promise<void>;
}

/** What a recipe is given while it builds. */
export interface BuildContext extends Context {
  /** Empty folder on the file system of the cache. It is removed afterwards, whatever happens. */
  scratch: string;
  /** Aborts when the user interrupts, or when the lock is lost. */
  signal: AbortSignal;
}

/** A way to set an engine up in the cache. */
export interface Recipe {
  origin: "installer" | "go";
  /** Its name in messages. */
  name: string;
  /** Version of the engine that it makes. */
  version: string;
  /** Name of the engine's folder in the cache. Changes whenever the outcome would. */
  key: string;
  /** What it is going to do and how long that may take. */
  announcement: string;
  /**
   * Puts the engine and everything it needs into `<target>/bin`.
   *
   * @throws Error whose message tells the user why this way did not work.
   */
  build(target: string, context: BuildContext): Promise<void>;
}

/** The ways to get an engine. Tests put their own in. */
export interface Ways {
  /** Finds a usable engine on PATH, or throws an Error that says why there is none. */
  onPath: (context: Context) => Promise<Engine>;
  /** Recipes in the order of preference. */
  recipes: readonly Recipe[];
}

/** Options of `ensureEngine`. */
export interface EnsureOptions {
  /** Gets each line of progress. Default: standard error. */
  log?: (line: string) => void;
  /** Folder for the engines. Default: `pulumi-openstack-snapshots/engine` in the user's cache folder. */
  cacheDir?: string;
  /** Environment to look in and to run with. Default: this process's. */
  env?: NodeJS.ProcessEnv;
  /** Replaces ways of getting an engine (for tests). */
  ways?: Partial<Ways>;
  /** Replaces the clock while waiting for another process (for tests). Takes milliseconds. */
  sleep?: (ms: number) => Promise<void>;
}
