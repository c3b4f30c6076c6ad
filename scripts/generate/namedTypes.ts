import { isDeepStrictEqual } from "node:util";
import { pascal, type Schema } from "./jsonSchema";
import type { EnumSpec, ObjectSpec, PropertySpec, TypeSpec } from "./packageSchema";

const any: TypeSpec = { $ref: "pulumi.json#/Any" };

/** Collects the types of a module that need a name: objects that are nested, and values to choose from. */
export class NamedTypes {
  /** The types by their token. */
  readonly all: Record<string, ObjectSpec | EnumSpec> = {};

  /** @param prefix what tokens begin with, e.g. `openstack-snapshots:waldur` */
  constructor(private readonly prefix: string) {}

  /**
   * An object's properties.
   *
   * @param owner name of the resource or row that has them; their enums are called after it
   */
  objectOf(schema: Schema, owner: string): ObjectSpec & { required: string[] } {
    const entries = Object.entries(schema.properties ?? {});
    const properties = entries.map(([name, property]) => [name, this.#propertyOf(property, owner, name)]);
    return { properties: Object.fromEntries(properties), required: [...(schema.required ?? [])] };
  }

  #propertyOf(schema: Schema, owner: string, name: string): PropertySpec {
    const { description, default: value } = schema;
    const primitive = ["boolean", "number", "string"].includes(typeof value);
    return {
      ...this.#typeOf(schema, owner, name),
      ...(description === undefined ? {} : { description }),
      ...(primitive ? { default: value as PropertySpec["default"] } : {}),
    };
  }

  #typeOf(schema: Schema, owner: string, name: string): TypeSpec {
    if (schema.enum) return this.#enumOf(schema, owner, name);
    if (schema.anyOf) {
      const types = schema.anyOf
        .filter(({ type }) => type !== "null")
        .map((each) => this.#typeOf(each, owner, name));
      const [only] = types;
      if (types.length === 1 && only) return only;
      // Of arbitrary JSON, the alternatives hold each other.
      return types.every((each) => each.$ref === undefined && each.type !== "object")
        ? { oneOf: types }
        : any;
    }
    switch (schema.type) {
      case "string":
      case "integer":
      case "number":
      case "boolean":
        return { type: schema.type };
      case "array":
        return { type: "array", items: this.#typeOf(schema.items ?? {}, owner, singular(name)) };
      case "object": {
        if (schema.properties) return this.#rowOf(schema, name);
        const values = schema.additionalProperties;
        const inner = typeof values === "object" ? this.#typeOf(values, owner, name) : any;
        return { type: "object", additionalProperties: inner };
      }
      default:
        return any;
    }
  }

  #rowOf(schema: Schema, name: string): TypeSpec {
    const { title = `${pascal(name)}Row` } = schema;
    const description =
      schema.title && schema.description ? schema.description : `A ${name}, as lists have it.`;
    return this.#named(title, { type: "object", description, ...this.objectOf(schema, pascal(name)) });
  }

  #enumOf({ enum: values = [], description }: Schema, owner: string, name: string): TypeSpec {
    const named = values.map(String).map((value) => ({ name: nameOf(value), value }));
    return this.#named(owner + pascal(name), {
      type: "string",
      ...(description === undefined ? {} : { description }),
      enum: named,
    });
  }

  #named(name: string, spec: ObjectSpec | EnumSpec): TypeSpec {
    const token = `${this.prefix}:${name}`;
    const before = this.all[token];
    if (before !== undefined && !isDeepStrictEqual(before, spec)) {
      throw new Error(`two types would be called ${token}`);
    }
    this.all[token] = spec;
    return { $ref: `#/types/${token}` };
  }
}

/** `CreatedDescending` of `-created`. */
function nameOf(value: string): string {
  return value.startsWith("-") ? `${pascal(value.slice(1))}Descending` : pascal(value);
}

/** `snapshot` of `snapshots`. */
export function singular(name: string): string {
  return name.replace(/s$/, "");
}
