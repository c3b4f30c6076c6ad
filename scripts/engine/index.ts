import { setTimeout } from "node:timers/promises";
import { buildIntoCache, cachedEngine, defaultCacheDir } from "./cache";
import { EngineUnavailableError, type FailedWay } from "./failure";
import { goRecipe } from "./go";
import { installerRecipe } from "./installer";
import { InterruptedError, interruptible } from "./interrupt";
import { withLock } from "./lock";
import { engineOnPath } from "./path";
import { sweepScratch } from "./scratch";
import type { Context, Engine, EnsureOptions, Recipe, Ways } from "./types";

export { isolatedEnv } from "./env";
export { EngineUnavailableError } from "./failure";
export type { Engine, EnsureOptions } from "./types";

/**
 * Gets a Pulumi engine with its Node language host: the one on PATH, one that was set up before,
 * one from Pulumi's installer, or one built from Go modules, in this order. The last two take
 * seconds to minutes, once, and tell how far they are. Touches nothing but the cache folder, and may
 * run several times at once.
 *
 * @throws EngineUnavailableError if no way works, and InterruptedError when interrupted by a signal,
 *   which then ends the process as usual.
 */
export async function ensureEngine(options: EnsureOptions = {}): Promise<Engine> {
  const { env = process.env, ways = {} } = options;
  const context: Context = {
    log: options.log ?? ((line) => process.stderr.write(`${line}\n`)),
    cacheDir: options.cacheDir ?? defaultCacheDir(env),
    env,
    sleep: options.sleep ?? ((ms) => setTimeout(ms)),
  };
  const onPath: Ways["onPath"] = ways.onPath ?? engineOnPath;
  const recipes = ways.recipes ?? [await installerRecipe(), goRecipe()];
  const failures: FailedWay[] = [];

  try {
    const engine = await onPath(context);
    context.log(`Using Pulumi ${engine.version} from PATH: ${engine.pulumi}`);
    return engine;
  } catch (error) {
    failures.push({ way: "PATH", reason: messageOf(error) });
  }
  const engine = (await fromCache(recipes, context)) ?? (await setUp(recipes, context, failures));
  if (engine === undefined) throw new EngineUnavailableError(failures);
  return engine;
}

async function fromCache(
  recipes: readonly Recipe[],
  { cacheDir, log }: Context,
): Promise<Engine | undefined> {
  const engine = await cachedEngine(recipes, cacheDir);
  if (engine !== undefined) log(`Using Pulumi ${engine.version}, set up before: ${engine.pulumi}`);
  return engine;
}

async function setUp(
  recipes: readonly Recipe[],
  context: Context,
  failures: FailedWay[],
): Promise<Engine | undefined> {
  failures.push({ way: "Set up before", reason: `there is none in ${context.cacheDir}` });
  context.log(`No Pulumi engine yet (${failures[0]?.reason}). Setting one up in ${context.cacheDir}`);
  try {
    return await interruptible((interrupted) =>
      withLock(context, interrupted, async (signal) => {
        // Whoever held the lock before may have done the work.
        const engine = await fromCache(recipes, context);
        if (engine !== undefined) return engine;
        await sweepScratch(context.cacheDir);
        return followRecipes(recipes, context, failures, signal);
      }),
    );
  } catch (error) {
    if (error instanceof InterruptedError) throw error;
    failures.push({ way: "Cache folder", reason: messageOf(error) });
    return undefined;
  }
}

async function followRecipes(
  recipes: readonly Recipe[],
  context: Context,
  failures: FailedWay[],
  signal: AbortSignal,
): Promise<Engine | undefined> {
  for (const recipe of recipes) {
    context.log(recipe.announcement);
    try {
      const engine = await buildIntoCache(recipe, context, signal);
      context.log(`Pulumi ${engine.version} is ready: ${engine.pulumi}`);
      return engine;
    } catch (error) {
      signal.throwIfAborted();
      const reason = messageOf(error);
      context.log(`  ${recipe.name} did not work: ${reason}`);
      failures.push({ way: recipe.name, reason });
    }
  }
  return undefined;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
