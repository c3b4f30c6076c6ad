import { join, resolve } from "node:path";
import { type CommandOptions, command, type Ended } from "./command";
import { removeLeftovers } from "./leftovers";

/** The root of the repository. */
export const root = resolve(__dirname, "..");

const tools = {
  biome: "@biomejs/biome/bin/biome",
  knip: "knip/bin/knip.js",
  tsc: "typescript/bin/tsc",
  vitest: "vitest/vitest.mjs",
} as const;

/** Runs a tool of the development dependencies in the root of the repository. */
export function tool(
  name: keyof typeof tools,
  args: readonly string[],
  options?: CommandOptions,
): Promise<Ended> {
  // By its place on disk: not every package lets its binary be resolved.
  const file = join(root, "node_modules", tools[name]);
  return command(process.execPath, [file, ...args], { cwd: root, ...options });
}

/**
 * Builds `dist`, which programs and the dynamic provider load; only what has changed since the last time.
 *
 * @returns the compiler's exit code
 */
export async function build(signal?: AbortSignal): Promise<number> {
  removeLeftovers(join(root, "dist"), root);
  return (await tool("tsc", ["--build", "tsconfig.build.json"], { signal })).code;
}

/**
 * Checks the types of everything that is not built: tests, scripts and examples, against what is in `dist`, which is
 * built first where it is not fresh.
 *
 * @returns the compiler's exit code
 */
export async function checkTypes(signal?: AbortSignal): Promise<number> {
  return (await tool("tsc", ["--build", "tsconfig.tests.json"], { signal })).code;
}
