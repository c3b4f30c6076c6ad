import type { Declaration } from "./declarations";
import { Expression, lineWidth, literal, onOneLine } from "./literal";
import { identifiers } from "./names";

const header = `// Written by \`openstack-snapshots import\`: existing objects, declared as they are. Once \`pulumi up\` has taken
// them over, the options \`import\` may go.
import { waldur } from "pulumi-openstack-snapshots";
`;

/** A TypeScript program that declares and imports everything; volumes come before what refers to them. */
export function program(volumes: readonly Declaration[], snapshots: readonly Declaration[]): string {
  const used = new Set(snapshots.map(({ inputs }) => inputs.sourceVolume));
  const referred = volumes.filter(({ id }) => used.has(id));
  const byName = identifiers(referred.map(({ name }) => name));
  const variables = new Map(referred.map(({ id, name }) => [id, byName.get(name) ?? name]));
  const declared = [
    ...volumes.map((volume) => statement(volume, variables.get(volume.id))),
    ...snapshots.map((snapshot) => statement(withReference(snapshot, variables))),
  ];
  return [header, ...declared].join("\n").concat("\n");
}

function withReference(snapshot: Declaration, variables: ReadonlyMap<string, string>): Declaration {
  const variable = variables.get(String(snapshot.inputs.sourceVolume));
  if (variable === undefined) return snapshot;
  return { ...snapshot, inputs: { ...snapshot.inputs, sourceVolume: new Expression(`${variable}.id`) } };
}

function statement({ kind, name, inputs, id }: Declaration, variable?: string): string {
  const start = `${variable === undefined ? "" : `const ${variable} = `}new waldur.${kind.className}(`;
  const values = [name, inputs, { import: id }];
  const line = `${start}${values.map(onOneLine).join(", ")});`;
  if (line.length <= lineWidth) return line;
  return [start, ...values.map((value) => `  ${literal(value, 2)},`), ");"].join("\n");
}
