import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { build } from "esbuild";
import { create } from "tar";
import { root } from "../tools";

const binary = "pulumi-resource-openstack-snapshots";

/**
 * Puts the built plugin with everything that it needs but Node into one file, with what starts it on each system.
 *
 * @param folder a folder that there is
 */
export async function bundlePlugin(folder: string): Promise<void> {
  await build({
    entryPoints: [join(root, "bin", binary)],
    outfile: join(folder, binary),
    loader: { "": "js" },
    bundle: true,
    platform: "node",
    target: "node20",
    legalComments: "inline",
    logLevel: "error",
  });
  chmodSync(join(folder, binary), 0o755);
  copyFileSync(join(root, "bin", `${binary}.cmd`), join(folder, `${binary}.cmd`));
}

/**
 * Packs the built plugin for `pulumi plugin install ... --file`.
 *
 * @param file the archive to write, `.tar.gz`; the same for every system
 */
export async function writePluginArchive(file: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "openstack-snapshots-plugin-"));
  try {
    await bundlePlugin(folder);
    copyFileSync(join(root, "LICENSE"), join(folder, "LICENSE"));
    mkdirSync(dirname(file), { recursive: true });
    await create({ gzip: true, portable: true, file, cwd: folder }, [binary, `${binary}.cmd`, "LICENSE"]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
