import type { Lifecycle, Lookup } from "../../provider/core/resource/lifecycle";
import { allLifecycles, allLookups } from "../../provider/registry";
import { camel, localName, pascal, resultOf, type Schema, schemaOf, schemasOf } from "./jsonSchema";

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
  const former = formerOf(lifecycle);
  return [
    argumentsType(`${name}Args`, `Arguments of {@link ${name}}.`, inputs, former.inputs, asInput),
    `/** Outputs of {@link ${name}}. */\nexport interface ${name}Outputs ${members(
      withFormer(outputs, former.outputs),
      (type, optional) => `Output<${type}${optional ? " | undefined" : ""}>`,
      true,
    )}`,
    `/** The names of the outputs of {@link ${name}}. */\nexport const ${camel(name)}Properties = [\n${names
      .map((property) => `  "${property}",`)
      .join("\n")}\n] as const;`,
    ...constantOf(`${camel(name)}Former`, `What properties of {@link ${name}} were called earlier.`, former),
  ];
}

/** The former names of a resource, where it has some. Each output of an earlier version goes by today's. */
function formerOf({ former, ...lifecycle }: Lifecycle): { inputs: Names; outputs: Names } {
  const { inputs = {}, outputs = {} } = former ?? {};
  const names = schemasOf(lifecycle).outputs.properties ?? {};
  const all = Object.entries({ ...inputs, ...outputs }).filter(([, name]) => name in names);
  return { inputs, outputs: Object.fromEntries(all) };
}

function constantOf(name: string, doc: string, value: Record<string, Names>): string[] {
  if (Object.values(value).every((names) => Object.keys(names).length === 0)) return [];
  const objects = Object.entries(value).map(([key, names]) => {
    const lines = Object.entries(names).map(([old, today]) => `    ${old}: "${today}",`);
    return lines.length === 0 ? `  ${key}: {},` : `  ${key}: {\n${lines.join("\n")}\n  },`;
  });
  return [`/** ${doc} */\nexport const ${name} = {\n${objects.join("\n")}\n} as const;`];
}

type Names = Readonly<Record<string, string>>;

/** A schema with the names that properties had in earlier versions, each with what it is called today. */
function withFormer(schema: Schema, former: Names): Schema {
  const { properties = {}, required = [] } = schema;
  const entries = Object.entries(former).map(([old, name]) => [
    old,
    { ...properties[name], description: `@deprecated Use ${name}.` },
  ]);
  const also = Object.entries(former).flatMap(([old, name]) => (required.includes(name) ? [old] : []));
  return {
    ...schema,
    properties: { ...properties, ...Object.fromEntries(entries) },
    required: [...required, ...also],
  };
}

/** The schema of a result with the former names of its fields, or of those of the rows in it. */
function withFormerRows(schema: Schema, former: Names): Schema {
  const { properties = {} } = schema;
  const known = Object.entries(former).filter(([, name]) => name in properties);
  const rows = Object.entries(properties).map(([name, property]) => {
    const { items } = property;
    return [name, items?.properties ? { ...property, items: withFormerRows(items, former) } : property];
  });
  return withFormer({ ...schema, properties: Object.fromEntries(rows) }, Object.fromEntries(known));
}

/** The type of arguments. Of a required one that had another name, either has to be given. */
function argumentsType(name: string, doc: string, schema: Schema, former: Names, wrap: Wrap = asIs): string {
  const { required = [] } = schema;
  const whole = withFormer(schema, former);
  const renamed = Object.entries(former).filter(([, today]) => required.includes(today));
  const apart = new Set(renamed.flat());
  const common = {
    properties: Object.fromEntries(
      Object.entries(whole.properties ?? {}).filter(([each]) => !apart.has(each)),
    ),
    required: required.filter((each) => !apart.has(each)),
  };
  const head = `/** ${doc} */\nexport `;
  if (renamed.length === 0)
    return `${head}interface ${name} ${members({ ...common, required }, wrap, false, wrap !== asIs)}`;
  const todays = [...new Set(renamed.map(([, today]) => today))];
  const eithers = todays.map((today) => {
    const names = [today, ...renamed.flatMap(([old, each]) => (each === today ? [old] : []))];
    const shapes = names.map((given) =>
      members(
        {
          properties: Object.fromEntries(names.map((each) => [each, whole.properties?.[each] ?? {}])),
          required: [given],
        },
        wrap,
      ),
    );
    return `(\n  | ${shapes.map((shape) => shape.replace(/\n/g, "\n    ")).join("\n  | ")}\n)`;
  });
  return `${head}type ${name} = ${members(common, wrap, false, wrap !== asIs)} & ${eithers.join(" & ")};`;
}

function renderFunction(lookup: Lookup): string[] {
  const name = pascal(localName(lookup.type));
  const inputs = schemaOf(lookup.inputs, "input");
  const outputs = resultOf(lookup);
  return [
    argumentsType(
      `${name}Args`,
      `Arguments of {@link ${localName(lookup.type)}}.`,
      inputs,
      lookup.former ?? {},
    ),
    `/** Result of {@link ${localName(lookup.type)}}. */\nexport interface ${name}Result ${members(
      withFormerRows(outputs, lookup.formerResults ?? {}),
    )}`,
    ...constantOf(
      `${camel(name)}Former`,
      `What fields of {@link ${localName(lookup.type)}} were called earlier.`,
      {
        results: lookup.formerResults ?? {},
      },
    ),
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
