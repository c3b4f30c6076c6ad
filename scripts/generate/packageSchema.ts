/** A type in a Pulumi package schema, as a reference. */
export interface TypeSpec {
  type?: string;
  items?: TypeSpec;
  additionalProperties?: TypeSpec;
  oneOf?: TypeSpec[];
  $ref?: string;
}

/** A property of an object or a resource. */
export interface PropertySpec extends TypeSpec {
  description?: string;
  default?: boolean | number | string;
  defaultInfo?: { environment: string[] };
  secret?: boolean;
  deprecationMessage?: string;
  /** A hint for people and tools. `replaceOnChanges` would make the engine replace at another spelling of a uuid. */
  willReplaceOnChanges?: boolean;
}

/** An object with its properties. */
export interface ObjectSpec {
  type?: "object";
  description?: string;
  properties: Record<string, PropertySpec>;
  required?: string[];
}

/** Values that a property can have. */
export interface EnumSpec {
  type: "string";
  description?: string;
  enum: { name: string; value: string }[];
}

/** A resource: its outputs as an object, and its arguments. */
export interface ResourceSpec extends ObjectSpec {
  inputProperties: Record<string, PropertySpec>;
  requiredInputs?: string[];
  aliases?: { type: string }[];
}

/** A function. */
export interface FunctionSpec {
  description: string;
  inputs: ObjectSpec;
  outputs: ObjectSpec;
}

/** A Pulumi package schema, as far as this package needs it. */
export interface PackageSpec {
  name: string;
  displayName: string;
  version: string;
  description: string;
  keywords: string[];
  license: string;
  language: Record<string, object>;
  config: { variables: Record<string, PropertySpec> };
  provider: ResourceSpec;
  types: Record<string, ObjectSpec | EnumSpec>;
  resources: Record<string, ResourceSpec>;
  functions: Record<string, FunctionSpec>;
}
