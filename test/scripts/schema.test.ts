import { describe, expect, it } from "vitest";
import { version } from "../../package.json";
import { allLifecycles, allLookups } from "../../provider/registry";
import { docComments } from "../../scripts/generate/docComments";
import { generatedFiles, schemaPath } from "../../scripts/generate/files";
import type {
  EnumSpec,
  FunctionSpec,
  ObjectSpec,
  PackageSpec,
  PropertySpec,
} from "../../scripts/generate/packageSchema";
import { renderSchema } from "../../scripts/generate/schema";

// That the file is fresh is for test/architecture.test.ts to say.
const text = generatedFiles().find(({ path }) => path === schemaPath)?.text ?? "";
const schema = JSON.parse(text) as PackageSpec;
const token = (name: string) => `openstack-snapshots:waldur:${name}`;

const isEnum = (spec: ObjectSpec | EnumSpec): spec is EnumSpec => "enum" in spec;
const inputsOf = ({ inputProperties, requiredInputs }: PackageSpec["provider"]): ObjectSpec => ({
  properties: inputProperties,
  ...(requiredInputs ? { required: requiredInputs } : {}),
});
/** Arguments and results; where there are none, the schema leaves their properties out. */
const sidesOf = ({ inputs, outputs }: FunctionSpec): ObjectSpec[] =>
  [inputs, outputs].map((side: Partial<ObjectSpec>) => ({ properties: {}, ...side }));

/** Everything with properties, by what it is. */
const objects: [string, ObjectSpec][] = [
  ["settings", { properties: schema.config.variables }],
  ["provider", inputsOf(schema.provider)],
  ...Object.entries(schema.resources).flatMap(([name, resource]): [string, ObjectSpec][] => [
    [`${name}, outputs`, resource],
    [`${name}, arguments`, inputsOf(resource)],
  ]),
  ...Object.entries(schema.functions).flatMap(([name, fn]) =>
    sidesOf(fn).map((side, index): [string, ObjectSpec] => [
      `${name}, ${index ? "results" : "arguments"}`,
      side,
    ]),
  ),
  ...Object.entries(schema.types).filter((entry): entry is [string, ObjectSpec] => !isEnum(entry[1])),
];

describe("the package schema", () => {
  it("says which package it is", () => {
    expect(schema).toMatchObject({
      name: "openstack-snapshots",
      version,
      license: "Apache-2.0",
      language: { nodejs: { packageName: "pulumi-openstack-snapshots" } },
    });
  });

  it("has every resource and every look-up", () => {
    const tokens = (all: readonly { type: string }[]) => all.map(({ type }) => `openstack-snapshots:${type}`);
    expect(Object.keys(schema.resources)).toEqual(tokens(allLifecycles));
    expect(Object.keys(schema.functions)).toEqual(tokens(allLookups));
  });

  it.each(objects)("%s: each property has a description, each required one is there", (what, spec) => {
    const entries = Object.entries(spec.properties);
    expect(entries.filter(([, { description }]) => !description)).toEqual([]);
    const names = entries.map(([name]) => name);
    expect((spec.required ?? []).filter((name) => !names.includes(name))).toEqual([]);
    // Only of a resource, `id` and `urn` are Pulumi's own.
    const reserved = what in schema.types || /:get\w+, /.test(what) ? [] : ["id", "urn"];
    expect(names.filter((name) => name.startsWith("__") || reserved.includes(name))).toEqual([]);
  });

  it("refers only to what it has, and has nothing that is not referred to", () => {
    const refs = new Set(Array.from(text.matchAll(/"\$ref": "(.*)"/g), ([, ref = ""]) => ref));
    refs.delete("pulumi.json#/Any");
    expect([...refs].sort()).toEqual(
      Object.keys(schema.types)
        .map((name) => `#/types/${name}`)
        .sort(),
    );
  });

  it("takes settings from the environment, and keeps the token secret", () => {
    const secrets = (settings: Record<string, PropertySpec>) =>
      Object.keys(settings).filter((name) => settings[name]?.secret);
    for (const settings of [
      schema.config.variables,
      schema.provider.inputProperties,
      schema.provider.properties,
    ]) {
      expect(secrets(settings)).toEqual([
        "waldurAccessToken",
        "password",
        "applicationCredentialSecret",
        "token",
      ]);
      expect(settings.waldurApiUrl?.defaultInfo).toEqual({ environment: ["WALDUR_API_URL"] });
      expect(settings.insecure).toMatchObject({ type: "string" });
      expect(settings.insecure?.description).toContain('("true" or "false")');
    }
  });

  it("says which arguments make a new resource", () => {
    const replacing = Object.entries(schema.resources).map(([name, { inputProperties }]) => [
      name,
      Object.keys(inputProperties).filter((property) => {
        const { willReplaceOnChanges, deprecationMessage } = inputProperties[property] ?? {};
        return willReplaceOnChanges && deprecationMessage === undefined;
      }),
    ]);
    expect(Object.fromEntries(replacing)).toEqual({
      "openstack-snapshots:cinder:Volume": ["availabilityZone", "snapshotId", "sourceVolumeId", "imageId"],
      "openstack-snapshots:cinder:Snapshot": ["volumeId"],
      "openstack-snapshots:cinder:SnapshotRestoration": [
        ...["snapshotId", "mode", "volumeType", "availabilityZone"],
      ],
      [token("Volume")]: ["projectId", "offeringId", "imageId", "availabilityZone"],
      [token("VolumeAttachment")]: ["volumeId", "instanceId"],
      [token("Snapshot")]: ["volumeId"],
      [token("SnapshotRestoration")]: ["snapshotId"],
      "openstack-snapshots:trilio:SnapshotRestoration": [
        "snapshot",
        "kind",
        "name",
        "description",
        "options",
      ],
    });
  });

  it("has the former names of arguments as deprecated ones, and those of outputs not at all", () => {
    const { inputProperties, requiredInputs, properties } =
      schema.resources[token("Volume")] ?? schema.provider;
    const deprecated = Object.entries(inputProperties).flatMap(([name, { deprecationMessage }]) =>
      deprecationMessage === undefined ? [] : [[name, deprecationMessage]],
    );
    expect(Object.fromEntries(deprecated)).toEqual({
      project: "Use projectId.",
      offering: "Use offeringId.",
      type: "Use volumeType.",
      image: "Use imageId.",
      plan: "Use planId.",
    });
    // Either name will do, which a schema cannot say.
    expect(requiredInputs).toEqual(["size"]);
    expect(Object.values(properties).filter(({ deprecationMessage }) => deprecationMessage)).toEqual([]);
    expect(schema.functions[token("getSnapshots")]?.inputs.properties.orderBy).toMatchObject({
      deprecationMessage: "Use sort.",
    });
  });

  it("knows the resources of the dynamic front as the same ones", () => {
    expect(schema.resources[token("Snapshot")]?.aliases).toEqual([
      { type: "pulumi-nodejs:dynamic/openstack-snapshots/waldur:Snapshot" },
    ]);
  });

  it("names rows, choices and JSON", () => {
    const { properties, inputProperties } = schema.resources[token("Snapshot")] ?? schema.provider;
    expect(properties.restorations?.items).toEqual({ $ref: `#/types/${token("RestorationRow")}` });
    expect(properties.metadata?.additionalProperties).toEqual({ $ref: "pulumi.json#/Any" });
    expect(inputProperties.deletion?.$ref).toBe(`#/types/${token("SnapshotDeletion")}`);
    expect(schema.types[token("SnapshotDeletion")]).toMatchObject({
      enum: [
        { name: "Delete", value: "delete" },
        { name: "Unlink", value: "unlink" },
      ],
    });
    expect(schema.types[token("SnapshotField")]).toMatchObject({
      enum: expect.arrayContaining([{ name: "CreatedAt", value: "createdAt" }]),
    });
  });

  it("describes with the words and the example of the SDK, or else with the provider's", () => {
    const description = schema.resources[token("Snapshot")]?.description ?? "";
    expect(description).toMatch(/^A snapshot of a volume\. .*\n\n## Example Usage\n\n```typescript\nimport /);
    expect(description).toMatch(/new waldur\.Snapshot\("nightly".*\n```$/s);
    const facts = { name: "p", version: "1.0.0", description: "d", license: "l", keywords: [] };
    const plain = JSON.parse(renderSchema(facts, new Map())) as PackageSpec;
    expect(plain.resources[token("Volume")]?.description).toBe(
      "An OpenStack volume, ordered through Waldur's marketplace.",
    );
  });
});

describe("docComments", () => {
  it("reads text and example of exported classes and functions", () => {
    const source = `
/** Not exported. */
class Hidden {}

/**
 * First.
 *
 * Second.
 *
 * @example
 * \`\`\`ts
 * make({
 *   a: 1,
 * });
 * \`\`\`
 * @throws never
 */
export class Made {}

/** In one line. */
export function short() {}
`;
    expect([...docComments(source)]).toEqual([
      ["Made", { text: "First.\n\nSecond.", example: "make({\n  a: 1,\n});" }],
      ["short", { text: "In one line." }],
    ]);
  });
});
