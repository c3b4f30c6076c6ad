import { type Generation, startWaldur, type WaldurEmulator } from "../../emulator/index";
import { UsageError } from "../command";
import { portOf, positive, type Words } from "./options";
import type { Started } from "./started";

function generationOf(text: string): Generation {
  if (text === "2024" || text === "2026") return text;
  throw new UsageError(`--generation takes 2024 or 2026, not "${text}"`);
}

/** Starts a Waldur. @throws UsageError for values that make no sense */
export async function startedWaldur(words: Words): Promise<Started> {
  const { provisioning = "4" } = words;
  const generation = generationOf(words.generation ?? "2024");
  const emulator = await startWaldur({
    port: portOf("--port", words.port ?? "8800"),
    host: words.host,
    speed: positive("--speed", words.speed),
    generation,
    maxProvisioning: provisioning === "unlimited" ? Infinity : positive("--provisioning", provisioning),
    approval: words.approval ?? false,
  });
  return { emulator, introduction: introduce(emulator, generation) };
}

function introduce({ url, tokens, ids }: WaldurEmulator, generation: string): string {
  const rows = (entries: Record<string, string>): string[] =>
    Object.entries(entries).map(([name, uuid]) => `    ${uuid}  ${name}`);
  return [
    `An emulated Waldur (${generation}) listens at ${url}/api/`,
    "",
    `  project   ${ids.project}`,
    `  offering  ${ids.offering}`,
    `  tenant    ${ids.tenant}`,
    "  volume types",
    ...rows(ids.types),
    "  volumes",
    ...rows(ids.volumes),
    "  snapshots",
    ...rows(ids.snapshots),
    "  tokens",
    ...Object.entries(tokens).map(([actor, token]) => `    ${token}  ${actor}`),
    "",
    "To use it:",
    "",
    `  export WALDUR_API_URL=${url}/api/`,
    `  export WALDUR_ACCESS_TOKEN=${tokens.owner}`,
    `  curl -H "Authorization: Token $WALDUR_ACCESS_TOKEN" "$WALDUR_API_URL"openstack-snapshots/`,
    "",
    "Ctrl-C stops it; nothing is kept.",
    "",
  ].join("\n");
}
