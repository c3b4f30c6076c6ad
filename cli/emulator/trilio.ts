import { startTrilio, type TrilioEmulator } from "../../emulator/index";
import { guessesOf, portOf, positive, type Words } from "./options";
import type { Started } from "./started";

/** Starts a Trilio and its Keystone. @throws UsageError for values that make no sense */
export async function startedTrilio(words: Words): Promise<Started> {
  const emulator = await startTrilio({
    port: portOf("--port", words.port ?? "8780"),
    keystonePort: portOf("--keystone-port", words["keystone-port"] ?? "35357"),
    host: words.host,
    speed: positive("--speed", words.speed),
    guesses: guessesOf(words.guess),
  });
  return { emulator, introduction: introduce(emulator) };
}

function introduce(emulator: TrilioEmulator): string {
  const { url, authUrl, ids, world } = emulator;
  const status = (id: string): string => (world.snapshots.get(id) ?? world.restores.get(id))?.status ?? "";
  const rows = (entries: Record<string, string>): string[] =>
    Object.entries(entries).map(
      ([name, id]) => `    ${id}  ${[name, status(id)].filter(Boolean).join(", ")}`,
    );
  const exports = (variables: Record<string, string>): string[] =>
    Object.entries(variables).map(([name, value]) => `  export ${name}=${value}`);
  return [
    `An emulated Trilio listens at ${url}, its Keystone at ${authUrl}`,
    "",
    `  project   ${ids.project}`,
    "  workloads",
    ...rows(ids.workloads),
    "  snapshots",
    ...rows(ids.snapshots),
    "  restores",
    ...rows(ids.restores),
    "",
    "To use it:",
    "",
    ...exports(emulator.env()),
    "",
    "or, instead of the user and the project, an application credential:",
    "",
    ...exports(emulator.credentialEnv),
    "",
    "What no public source proves is a guess: openstack-snapshots emulator --guesses lists them.",
    "Ctrl-C stops it; nothing is kept.",
    "",
  ].join("\n");
}
