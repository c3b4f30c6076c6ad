import { join, resolve } from "node:path";
import { type CommandOptions, command, type Ended } from "./command";

/** The root of the repository. */
export const root = resolve(__dirname, "..");

const tools = {
  biome: "@biomejs/biome/bin/biome",
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

/** Builds `dist`, which programs and the dynamic provider load. @returns the compiler's exit code */
export async function build(signal?: AbortSignal): Promise<number> {
  return (await tool("tsc", ["-p", "tsconfig.build.json"], { signal })).code;
}
