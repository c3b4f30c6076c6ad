// Writes the archive of the plugin that `pulumi plugin install ... --file` takes, and prints where it is.
import { join } from "node:path";
import { version } from "../package.json";
import { writePluginArchive } from "./plugin/archive";
import { build, root } from "./tools";

async function main(): Promise<void> {
  if ((await build()) !== 0) throw new Error("the package does not build");
  const file = join(root, "dist", "plugin", `pulumi-resource-openstack-snapshots-v${version}.tar.gz`);
  await writePluginArchive(file);
  console.log(file);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
});
