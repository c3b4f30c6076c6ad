import { namespace } from "../../provider/core/backend";
import type { Lifecycle, Lookup } from "../../provider/core/resource/lifecycle";
import { dynamicToken } from "../../provider/fronts/dynamic/provider";
import { allLifecycles, allLookups } from "../../provider/registry";
import type { DocComment } from "./docComments";
import { localName, pascal, resultOf, schemaOf, schemasOf } from "./jsonSchema";
import { NamedTypes, singular } from "./namedTypes";
import type { FunctionSpec, ObjectSpec, PackageSpec, ResourceSpec } from "./packageSchema";
import { settingsSpec } from "./settings";

/** What package.json says about the package. */
export interface PackageFacts {
  name: string;
  version: string;
  description: string;
  license: string;
  keywords: readonly string[];
}

/** The doc comments of the SDK's classes and functions, by type, e.g. `waldur:Snapshot`. */
export type Docs = ReadonlyMap<string, DocComment>;

/** The text of `provider/fronts/plugin/schema.json`: the package as Pulumi's tools want it described. */
export function renderSchema(facts: PackageFacts, docs: Docs): string {
  const types = new Map<string, NamedTypes>();
  const typesOf = (type: string) => {
    const [module = ""] = type.split(":");
    const known = types.get(module) ?? new NamedTypes(`${namespace}:${module}`);
    types.set(module, known);
    return known;
  };
  const resources = allLifecycles.map((lifecycle) => [
    token(lifecycle.type),
    resourceOf(lifecycle, typesOf(lifecycle.type), describe(lifecycle, docs, facts.name)),
  ]);
  const functions = allLookups.map((lookup) => [
    token(lookup.type),
    functionOf(lookup, typesOf(lookup.type), describe(lookup, docs, facts.name)),
  ]);
  const settings = settingsSpec([
    ...new Set([...allLifecycles, ...allLookups].map(({ backend }) => backend.settings)),
  ]);
  const spec: PackageSpec = {
    name: namespace,
    displayName: "OpenStack Snapshots",
    version: facts.version,
    description: facts.description,
    keywords: [...facts.keywords, "category/infrastructure", "kind/native"],
    license: facts.license,
    language: languages(facts.name),
    config: { variables: settings },
    provider: {
      description: "How to reach the clouds. What is not given is taken from the environment.",
      properties: settings,
      inputProperties: settings,
    },
    types: Object.assign({}, ...[...types.values()].map(({ all }) => all)),
    resources: Object.fromEntries(resources),
    functions: Object.fromEntries(functions),
  };
  return `${JSON.stringify(spec, unlessEmpty, 2)}\n`;
}

/** The engine leaves out of a schema that it prints: empty lists of required properties, and no properties. */
function unlessEmpty(key: string, value: unknown): unknown {
  const list = Array.isArray(value) && ["required", "requiredInputs"].includes(key);
  const empty = (list || key === "properties") && Object.keys(value as object).length === 0;
  return empty ? undefined : value;
}

function token(type: string): string {
  return `${namespace}:${type}`;
}

function resourceOf(lifecycle: Lifecycle, types: NamedTypes, description: string): ResourceSpec {
  const name = localName(lifecycle.type);
  const schemas = schemasOf(lifecycle);
  const inputs = types.objectOf(schemas.inputs, name);
  const outputs = types.objectOf(schemas.outputs, name);
  for (const property of lifecycle.replaces ?? []) {
    const input = inputs.properties[property];
    if (input === undefined) throw new Error(`${lifecycle.type} has no argument ${property}`);
    input.willReplaceOnChanges = true;
  }
  addFormer(inputs, lifecycle.former?.inputs);
  return {
    description,
    properties: outputs.properties,
    required: outputs.required,
    inputProperties: inputs.properties,
    requiredInputs: inputs.required,
    aliases: [{ type: dynamicToken(lifecycle.type) }],
  };
}

/**
 * Adds the names that arguments had in earlier versions. A schema cannot say that one of two is required; the check says
 * it.
 */
function addFormer(
  inputs: ObjectSpec & { required: string[] },
  former: Readonly<Record<string, string>> = {},
): void {
  for (const [old, name] of Object.entries(former)) {
    const today = inputs.properties[name];
    if (today === undefined) throw new Error(`there is no argument ${name}, which was called ${old}`);
    inputs.properties[old] = { ...today, deprecationMessage: `Use ${name}.` };
    inputs.required = inputs.required.filter((each) => each !== name);
  }
}

function functionOf(lookup: Lookup, types: NamedTypes, description: string): FunctionSpec {
  // getSnapshot and getSnapshots choose from the same values.
  const owner = pascal(singular(localName(lookup.type).replace(/^get/, "")));
  const inputs = types.objectOf(schemaOf(lookup.inputs, "input"), owner);
  addFormer(inputs, lookup.former);
  return {
    description,
    inputs,
    outputs: types.objectOf(resultOf(lookup), owner),
  };
}

/** The SDK's words, with its example, where it has some; else those of the provider. */
function describe({ type, description }: Lifecycle | Lookup, docs: Docs, packageName: string): string {
  const { text, example } = docs.get(type) ?? { text: description };
  if (example === undefined) return text;
  const [module = ""] = type.split(":");
  const imports = `import { ${module} } from ${JSON.stringify(packageName)};\n\n`;
  const program = example.startsWith("import ") ? example : imports + example;
  return `${text}\n\n## Example Usage\n\n\`\`\`typescript\n${program}\n\`\`\``;
}

function languages(packageName: string): Record<string, object> {
  const plain = namespace.replaceAll("-", "");
  return {
    nodejs: { packageName, respectSchemaVersion: true },
    python: { packageName: packageName.replaceAll("-", "_"), respectSchemaVersion: true },
    go: {
      importBasePath: `${packageName}/sdk/go/${plain}`,
      rootPackageName: plain,
      generateResourceContainerTypes: true,
      respectSchemaVersion: true,
    },
    csharp: { namespaces: { [namespace]: "OpenStackSnapshots" }, respectSchemaVersion: true },
    java: { packages: { [namespace]: plain } },
  };
}
