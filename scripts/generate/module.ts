import type { Lifecycle, Lookup } from "../../provider/core/resource/lifecycle";
import { allLifecycles, allLookups } from "../../provider/registry";
import { camel, localName, pascal, type Schema, schemaOf, schemasOf } from "./jsonSchema";

/** The text of `sdk/<module>/types.ts`. */
export function renderModule(module: string): string {
  const resources = allLifecycles.filter(({ type }) => type.startsWith(`${module}:`));
  const functions = allLookups.filter(({ type }) => type.startsWith(`${module}:`));
  const parts = [
    "// Generated from the schemas of the provider by `npm run generate`. Do not edit.",
    'import type { Input, Output } from "@pulumi/pulumi";',
    "/** Any JSON value. */\nexport type Json = string | number | boolean | null | Json[] | { [key: string]: Json };",
    ...resources.flatMap(renderResource),
    ...functions.flatMap(renderFunction),
  ];
  return `${parts.join("\n\n")}\n`;
}

function renderResource(lifecycle: Lifecycle): string[] {
  const name = localName(lifecycle.type);
  const { inputs, outputs } = schemasOf(lifecycle);
  const names = Object.keys(outputs.properties ?? {}).sort();
  return [
    `/** Arguments of {@link ${name}}. */\nexport interface ${name}Args ${members(inputs, asInput, false, true)}`,
    `/** Outputs of {@link ${name}}. */\nexport interface ${name}Outputs ${members(
      outputs,
      (type, optional) => `Output<${type}${optional ? " | undefined" : ""}>`,
      true,
    )}`,
    `/** The names of the outputs of {@link ${name}}. */\nexport const ${camel(name)}Properties = [\n${names
      .map((property) => `  "${property}",`)
      .join("\n")}\n] as const;`,
  ];
}

function renderFunction(lookup: Lookup): string[] {
  const name = pascal(localName(lookup.type));
  const inputs = schemaOf(lookup.inputs, "input");
  const outputs = schemaOf(lookup.outputs, "output");
  return [
    `/** Arguments of {@link ${localName(lookup.type)}}. */\nexport interface ${name}Args ${members(inputs)}`,
    `/** Result of {@link ${localName(lookup.type)}}. */\nexport interface ${name}Result ${members(outputs)}`,
  ];
}

type Wrap = (type: string, optional: boolean) => string;

const asIs: Wrap = (type) => type;
const asInput: Wrap = (type) => `Input<${type}>`;

/**
 * The members of an interface, each with its description.
 *
 * @param deep whether what is inside of a property is wrapped too: an output of a resource may stand anywhere
 */
export function members(schema: Schema, wrap: Wrap = asIs, always = false, deep = false): string {
  const lines = Object.entries(schema.properties ?? {}).map(([name, property]) => {
    const optional = !schema.required?.includes(name);
    const doc = property.description ? `  /** ${property.description} */\n` : "";
    const mark = optional && !always ? "?" : "";
    return `${doc}  ${always ? "readonly " : ""}${name}${mark}: ${wrap(typeOf(property, deep ? wrap : asIs), optional)};`;
  });
  return `{\n${lines.join("\n")}\n}`;
}

function typeOf(schema: Schema, wrap: Wrap = asIs): string {
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(" | ");
  if (schema.anyOf) {
    const types = [
      ...new Set(schema.anyOf.filter(({ type }) => type !== "null").map((each) => typeOf(each))),
    ];
    return types.length > 1 || types[0] === undefined ? "Json" : types[0];
  }
  switch (schema.type) {
    case "string":
      return "string";
    case "integer":
    case "number":
      return "number";
    case "boolean":
      return "boolean";
    case "array": {
      const inner = typeOf(schema.items ?? {}, wrap);
      // Only objects can hold outputs further in; a list of texts is given as a whole.
      return `${bracketed(schema.items?.properties ? wrap(inner, false) : inner)}[]`;
    }
    case "object":
      if (schema.properties) return members(schema, wrap, false, wrap !== asIs).replace(/\n/g, "\n  ");
      return `{ [key: string]: ${typeOf(typeof schema.additionalProperties === "object" ? schema.additionalProperties : {})} }`;
    default:
      return "Json";
  }
}

function bracketed(type: string): string {
  return type.includes(" | ") ? `(${type})` : type;
}
