import type { z } from "zod";
import { metaOf } from "../../provider/core/backend";
import { openstackSettings } from "../../provider/openstack/settings";
import { waldurSettings } from "../../provider/waldur/backend";
import { type Schema, schemaOf } from "./jsonSchema";
import { members } from "./module";
import type { PropertySpec } from "./packageSchema";

/** The file with the arguments of an explicit provider. */
export const settingsPath = "sdk/settings/types.ts";

/** Every set of settings that the SDK has a type for; backends that share one share the type. */
export const settingsTypes: readonly { name: string; text: string; schema: z.ZodObject }[] = [
  { name: "WaldurSettings", text: "How to reach a Waldur.", schema: waldurSettings },
  {
    name: "OpenStackSettings",
    text: "How to reach an OpenStack cloud, for its block storage and for Trilio.",
    schema: openstackSettings,
  },
];

/** The text of {@link settingsPath}. */
export function renderSettings(): string {
  const secrets = settingsTypes.flatMap(({ schema }) =>
    Object.entries(schema.shape).flatMap(([name, field]) => (metaOf(field).secret ? [`  "${name}",`] : [])),
  );
  const parts = [
    "// Generated from the schemas of the provider by `npm run generate`. Do not edit.",
    'import type { Input } from "@pulumi/pulumi";',
    ...settingsTypes.map(({ name, text, schema }) => {
      // Every setting may come from elsewhere, e.g. from the environment.
      const optional: Schema = { ...schemaOf(schema, "input"), required: [] };
      return `/** ${text} */\nexport interface ${name} ${members(optional, (type) => `Input<${withBoolean(type)}>`)}`;
    }),
    `/** The settings that are credentials. */\nexport const secretSettings = [\n${secrets.join("\n")}\n] as const;`,
  ];
  return `${parts.join("\n\n")}\n`;
}

/** A choice of texts that stand for a boolean takes the boolean too. */
function withBoolean(type: string): string {
  return type === '"true" | "false"' ? `boolean | ${type}` : type;
}

/**
 * The settings of all backends, which share one namespace, as the package schema has them. All are texts, as they are
 * in a stack's configuration.
 */
export function settingsSpec(schemas: readonly z.ZodObject[]): Record<string, PropertySpec> {
  const names = [...new Set(schemas.flatMap(({ shape }) => Object.keys(shape)))];
  return Object.fromEntries(
    names.map((name) => [name, specOf([...new Set(schemas.flatMap(({ shape }) => shape[name] ?? []))])]),
  );
}

/** @param fields a setting, in each set that has it */
function specOf(fields: readonly z.core.$ZodType[]): PropertySpec {
  const parts = fields.map((field) => ({ ...metaOf(field), ...schemaOf(field as z.ZodType, "input") }));
  const texts = [...new Set(parts.flatMap(({ description }) => description ?? []))];
  const values = parts.find((part) => part.enum)?.enum;
  const choice = values ? ` (${values.map((value) => JSON.stringify(value)).join(" or ")})` : "";
  // A variable of one cloud may not decide for another.
  const [env, ...others] = new Set(parts.map((part) => part.env));
  return {
    type: "string",
    ...(texts.length > 0 ? { description: texts.join(". ") + choice } : {}),
    ...(env && others.length === 0 ? { defaultInfo: { environment: [env] } } : {}),
    ...(parts.some(({ secret }) => secret) ? { secret: true } : {}),
  };
}
