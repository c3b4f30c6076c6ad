import { z } from "zod";
import type { Lifecycle, Lookup } from "../../provider/core/resource/lifecycle";

/** The parts of a JSON schema that the provider's schemas come to. */
export interface Schema {
  type?: string | string[];
  /** The name of the type where the property's own would not do; one for each shape in a module. */
  title?: string;
  description?: string;
  default?: unknown;
  enum?: unknown[];
  anyOf?: Schema[];
  items?: Schema;
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: Schema | boolean;
}

/** A schema of zod as a JSON schema; arbitrary JSON comes to a schema without a type. */
export function schemaOf(schema: z.ZodType, io: "input" | "output"): Schema {
  return z.toJSONSchema(schema, { io, unrepresentable: "any", reused: "inline" }) as Schema;
}

/** Arguments and outputs of a resource. */
export function schemasOf(lifecycle: Lifecycle): { inputs: Schema; outputs: Schema } {
  const inputs = schemaOf(lifecycle.inputs, "input");
  const outputs = schemaOf(lifecycle.outputs, "output");
  // What is only an argument is kept in the state as it was given, so it can be read back too.
  const properties = { ...inputs.properties, ...outputs.properties };
  // A name that is not given is made up.
  const named = lifecycle.autoName ? [lifecycle.autoName.property] : [];
  return { inputs, outputs: { properties, required: [...new Set([...named, ...(outputs.required ?? [])])] } };
}

/** The result of a look-up. Each has an id: that of an object, or one that stands for the look-up. */
export function resultOf({ outputs }: Lookup): Schema {
  const { properties = {}, required = [], ...others } = schemaOf(outputs, "output");
  if ("id" in properties) return { ...others, properties, required };
  const id = { type: "string", description: "Stands for the look-up: the same for the same arguments" };
  return { ...others, properties: { ...properties, id }, required: [...required, "id"] };
}

/** `Snapshot` of `waldur:Snapshot`. */
export function localName(type: string): string {
  return type.split(":")[1] ?? type;
}

/** The same name with a capital at its beginning. */
export function pascal(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}

/** The same name with a small letter at its beginning. */
export function camel(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}
