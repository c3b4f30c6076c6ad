import type { Lifecycle, Lookup } from "../../provider/core/lifecycle";
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
    `/** Arguments of {@link ${name}}. */\nexport interface ${name}Args ${members(inputs, (type) => `Input<${type}>`)}`,
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

/** The members of an interface, each with its description. */
export function members(schema: Schema, wrap: Wrap = (type) => type, always = false): string {
  const lines = Object.entries(schema.properties ?? {}).map(([name, property]) => {
    const optional = !schema.required?.includes(name);
    const doc = property.description ? `  /** ${property.description} */\n` : "";
    const mark = optional && !always ? "?" : "";
    return `${doc}  ${always ? "readonly " : ""}${name}${mark}: ${wrap(typeOf(property), optional)};`;
  });
  return `{\n${lines.join("\n")}\n}`;
}

function typeOf(schema: Schema): string {
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(" | ");
  if (schema.anyOf) {
    const types = [...new Set(schema.anyOf.filter(({ type }) => type !== "null").map(typeOf))];
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
    case "array":
      return `${bracketed(typeOf(schema.items ?? {}))}[]`;
    case "object":
      if (schema.properties) return members(schema).replace(/\n/g, "\n  ");
      return `{ [key: string]: ${typeOf(typeof schema.additionalProperties === "object" ? schema.additionalProperties : {})} }`;
    default:
      return "Json";
  }
}

function bracketed(type: string): string {
  return type.includes(" | ") ? `(${type})` : type;
}
