import { parseArgs } from "node:util";
import {
  type Generation,
  startWaldur,
  type WaldurEmulator,
  type WaldurEmulatorOptions,
} from "../emulator/index";
import { type Command, UsageError } from "./command";

const usage = `Usage: openstack-snapshots emulator [OPTIONS]

Starts a Waldur in memory on a loopback port, with volumes and snapshots to try things on, and runs until Ctrl-C.

Options:
  --port PORT           port to listen on; 0 for any free one (default 8800)
  --host ADDRESS        address to listen on (default 127.0.0.1)
  --speed FACTOR        how many times faster than a real server (default 1: a snapshot takes 12 s)
  --generation YEAR     2024 or 2026: which server to be like (default 2024)
  --provisioning COUNT  how many creates of a kind run at a time, or "unlimited" (default 4)
  --approval            orders wait until a consumer approves them
  --help                this text
`;

function positive(option: string, text: string): number {
  const value = Number(text);
  if (text.trim() === "" || !Number.isFinite(value) || value <= 0) {
    throw new UsageError(`${option} takes a number above 0, not "${text}"`);
  }
  return value;
}

function portOf(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535) throw new UsageError(`--port takes 0 to 65535, not "${text}"`);
  return port;
}

function generationOf(text: string): Generation {
  if (text === "2024" || text === "2026") return text;
  throw new UsageError(`--generation takes 2024 or 2026, not "${text}"`);
}

function optionsOf(args: string[]): WaldurEmulatorOptions {
  try {
    const { values } = parseArgs({
      args,
      options: {
        port: { type: "string", default: "8800" },
        host: { type: "string", default: "127.0.0.1" },
        speed: { type: "string", default: "1" },
        generation: { type: "string", default: "2024" },
        provisioning: { type: "string", default: "4" },
        approval: { type: "boolean", default: false },
      },
    });
    const { provisioning } = values;
    return {
      port: portOf(values.port),
      host: values.host,
      speed: positive("--speed", values.speed),
      generation: generationOf(values.generation),
      maxProvisioning: provisioning === "unlimited" ? Infinity : positive("--provisioning", provisioning),
      approval: values.approval,
    };
  } catch (error) {
    if (error instanceof UsageError) throw error;
    // parseArgs complains in whole sentences of its own.
    throw new UsageError(error instanceof Error ? error.message : `${error}`);
  }
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

/** Resolves when somebody wants the process to end. */
function stopped(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => resolve());
  });
}

/** `openstack-snapshots emulator`. */
export const emulatorCommand: Command = {
  summary: "start a Waldur in memory, to try things on",
  usage,
  async run(args) {
    const options = optionsOf(args);
    const stop = stopped();
    const emulator = await startWaldur(options);
    process.stdout.write(introduce(emulator, options.generation ?? "2024"));
    await stop;
    await emulator.close();
    return 0;
  },
};
