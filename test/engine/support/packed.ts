import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { extract } from "tar";
import manifest from "../../../package.json";
import { repository } from "./stackFolder";

/** The package as it is published and installed: what `npm pack` puts into its archive, in a `node_modules` of its own. */
export class PackedPackage {
  readonly #root: string;

  private constructor(root: string) {
    this.#root = root;
  }

  /** Packs what is built. What the package depends on is that of the repository. */
  static async create(): Promise<PackedPackage> {
    const packed = new PackedPackage(mkdtempSync(join(tmpdir(), "openstack-snapshots-packed-")));
    const args = ["pack", "--ignore-scripts", "--silent", "--pack-destination", packed.#root];
    execFileSync("npm", args, { cwd: repository, shell: process.platform === "win32" });
    const file = join(packed.#root, `${manifest.name}-${manifest.version}.tgz`);
    const folder = packed.folder(manifest.name);
    mkdirSync(folder, { recursive: true });
    await extract({ file, cwd: folder, strip: 1 });
    const others = readdirSync(join(repository, "node_modules")).filter(
      (name) => !name.startsWith(".") && name !== manifest.name,
    );
    for (const name of others)
      symlinkSync(join(repository, "node_modules", name), packed.folder(name), "dir");
    return packed;
  }

  /** Where it is installed. */
  get nodeModules(): string {
    return join(this.#root, "node_modules");
  }

  /** The folder of an installed package. */
  folder(name: string): string {
    return join(this.nodeModules, name);
  }

  /** Moves it below another package, as where that alone depends on it. @returns what moves it back */
  below(library: string): () => void {
    const [top, nested] = [
      this.folder(manifest.name),
      join(this.folder(library), "node_modules", manifest.name),
    ];
    mkdirSync(dirname(nested), { recursive: true });
    renameSync(top, nested);
    return () => renameSync(nested, top);
  }

  /** Removes its files. */
  dispose(): void {
    rmSync(this.#root, { recursive: true, force: true });
  }
}
