import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { generatedFiles } from "./generate/files";
import { root } from "./tools";

/** Writes what is generated from the schemas of the provider: `npm run generate`. */
for (const { path, text } of generatedFiles()) {
  writeFileSync(join(root, path), text);
  console.log(`wrote ${path}`);
}
