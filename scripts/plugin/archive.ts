import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { build } from "esbuild";
import { create } from "tar";
import { root } from "../tools";

const binary = "pulumi-resource-openstack-snapshots";

/**
 * Packs the built plugin with everything that it needs but Node, for `pulumi plugin install ... --file`.
 *
 * @param file the archive to write, `.tar.gz`; the same for every system
 */
export async function writePluginArchive(file: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "openstack-snapshots-plugin-"));
  try {
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
    copyFileSync(join(root, "LICENSE"), join(folder, "LICENSE"));
    mkdirSync(dirname(file), { recursive: true });
    await create({ gzip: true, portable: true, file, cwd: folder }, [binary, `${binary}.cmd`, "LICENSE"]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
