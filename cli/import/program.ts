import type { Declaration } from "./declarations";
import type { Module } from "./kinds";
import { Expression, lineWidth, literal, onOneLine } from "./literal";
import { identifiers } from "./names";

const header = (
  module: string,
) => `// Written by \`openstack-snapshots\`: existing objects, declared as they are. Once \`pulumi up\` has adopted
// them, the \`import\` options can be removed. \`protect\` keeps an object from being deleted when its declaration is
// removed: remove it first, and only from what may be deleted.
import { ${module} } from "pulumi-openstack-snapshots";
`;

/** A TypeScript program that declares and imports everything; volumes come before what refers to them. */
export function program(
  { backend, reference = "" }: Module,
  volumes: readonly Declaration[],
  snapshots: readonly Declaration[],
): string {
  const used = new Set(snapshots.map(({ inputs }) => inputs[reference]));
  const referred = volumes.filter(({ id }) => used.has(id));
  const byName = identifiers(referred.map(({ name }) => name));
  const variables = new Map(referred.map(({ id, name }) => [id, byName.get(name) ?? name]));
  const declared = [
    ...volumes.map((volume) => statement(backend.name, volume, variables.get(volume.id))),
    ...snapshots.map((snapshot) => statement(backend.name, withReference(snapshot, reference, variables))),
  ];
  return [header(backend.name), ...declared].join("\n").concat("\n");
}

function withReference(
  snapshot: Declaration,
  reference: string,
  variables: ReadonlyMap<string, string>,
): Declaration {
  const variable = variables.get(String(snapshot.inputs[reference]));
  if (variable === undefined) return snapshot;
  return { ...snapshot, inputs: { ...snapshot.inputs, [reference]: new Expression(`${variable}.id`) } };
}

function statement(module: string, { kind, name, inputs, id }: Declaration, variable?: string): string {
  const start = `${variable === undefined ? "" : `const ${variable} = `}new ${module}.${kind.className}(`;
  const values = [name, inputs, { import: id, protect: true }];
  const line = `${start}${values.map(onOneLine).join(", ")});`;
  if (line.length <= lineWidth) return line;
  return [start, ...values.map((value) => `  ${literal(value, 2)},`), ");"].join("\n");
}
