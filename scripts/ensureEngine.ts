// Gets a Pulumi engine and prints the folder to put on PATH; what happens meanwhile goes to standard error.
import { ensureEngine } from "./engine";

async function main(): Promise<void> {
  const { binDir } = await ensureEngine();
  process.stdout.write(`${binDir}\n`);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
