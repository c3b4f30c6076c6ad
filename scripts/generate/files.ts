import { readFileSync } from "node:fs";
import { join } from "node:path";
import { allLifecycles, allLookups } from "../../provider/registry";
import { root } from "../tools";
import { type DocComment, docComments } from "./docComments";
import { renderModule } from "./module";
import { type Docs, type PackageFacts, renderSchema } from "./schema";
import { renderSettings, settingsPath } from "./settings";

/** A file that is generated. */
export interface Generated {
  /** Below the root of the repository, with slashes. */
  path: string;
  text: string;
}

/** The package schema, which the plugin hands to Pulumi. */
export const schemaPath = "provider/fronts/plugin/schema.json";

/** Every generated file, as it should be: the types of the SDK and the package schema. */
export function generatedFiles(): Generated[] {
  const modules = [...new Set([...allLifecycles, ...allLookups].map(({ type }) => type.split(":")[0] ?? ""))];
  const facts = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as PackageFacts;
  return [
    ...modules.map((module) => ({ path: `sdk/${module}/types.ts`, text: renderModule(module) })),
    { path: settingsPath, text: renderSettings() },
    { path: schemaPath, text: renderSchema(facts, docsOf(modules)) },
  ];
}

/** The generated files that are checked in otherwise than they should be. */
export function staleFiles(): string[] {
  const stale = generatedFiles().filter(({ path, text }) => readFileSync(join(root, path), "utf8") !== text);
  return stale.map(({ path }) => path);
}

function docsOf(modules: readonly string[]): Docs {
  const found = modules.flatMap((module) =>
    ["resources.ts", "functions.ts"].flatMap((file) => {
      const source = readFileSync(join(root, "sdk", module, file), "utf8");
      return [...docComments(source)].map(([name, doc]): [string, DocComment] => [`${module}:${name}`, doc]);
    }),
  );
  return new Map(found);
}
