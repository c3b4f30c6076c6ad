import { realpathSync } from "node:fs";
import { dirname } from "node:path";
import { cachedLaunchers, LAUNCHERS } from "./launchers";
import type { Context, Engine } from "./types";
import { askVersion } from "./version";
import { executableIn, executablesOnPath } from "./which";

const LANGUAGE_HOST = "pulumi-language-nodejs";

/**
 * Finds an engine on PATH that answers, is new enough and has its Node language host.
 *
 * @throws Error that says what each `pulumi` on PATH lacks.
 */
export async function engineOnPath(context: Context): Promise<Engine> {
  const candidates = executablesOnPath("pulumi", context.env);
  if (candidates.length === 0) throw new Error("there is no `pulumi` on PATH");
  const reasons: string[] = [];
  for (const candidate of candidates) {
    try {
      return await examine(candidate, context);
    } catch (error) {
      reasons.push((error as Error).message);
    }
  }
  throw new Error(reasons.join("; "));
}

async function examine(candidate: string, { env, cacheDir }: Context): Promise<Engine> {
  const pulumi = besideLanguageHost(candidate, env);
  const version = await askVersion(pulumi, env);
  const binDir = dirname(pulumi);
  const engine: Engine = { binDir, pulumi, version, origin: "path" };

  // Some packages of the engine leave these out, and the user's folder is not ours to add to.
  const complete = LAUNCHERS.every((name) => executableIn(binDir, name) ?? executablesOnPath(name, env)[0]);
  return complete ? engine : { ...engine, extraPath: [await cachedLaunchers(cacheDir)] };
}

/** The path to run: as found, or behind a link to it if only there the language host lies beside. */
function besideLanguageHost(candidate: string, env: NodeJS.ProcessEnv): string {
  const hasHost = (pulumi: string) => executableIn(dirname(pulumi), LANGUAGE_HOST) !== undefined;
  const choices = [candidate, realpathSync(candidate)];
  const beside = choices.find(hasHost);
  if (beside !== undefined) return beside;
  if (executablesOnPath(LANGUAGE_HOST, env).length > 0) return candidate;
  throw new Error(`${candidate} has no ${LANGUAGE_HOST} beside it or on PATH`);
}
