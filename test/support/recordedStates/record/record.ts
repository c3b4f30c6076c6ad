import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { version } from "../../../../package.json";
import { type Declared, front, type Stack } from "../../../engine/support/stack";
import { type Deployment, folder, kindOf, ownResources, programOf } from "../deployment";
import { type Documents, filled } from "../fill";
import type { ByHand } from "../plant";
import { printedJson, templateOf } from "./template";

/** The program of a recording of this version. It is written by hand. @param name e.g. `waldur` */
export function program(name: string): Declared[] {
  return programOf(version, name);
}

/** The resources of a program that are imported, and all others that are not to be left unfinished. */
export function parted(all: readonly Declared[]): Record<"imported" | "whole", Declared[]> {
  const imported = all.filter(({ opts }) => opts?.import !== undefined);
  const whole = all.filter((each) => !imported.includes(each) && !each.name.startsWith("slow"));
  return { imported, whole };
}

/** Makes what a program imports. @returns what the server shows of it, and of what is there already */
export async function planted(
  { surroundings, make, look }: ByHand,
  imported: readonly Declared[],
  shown: (each: Declared) => Record<string, unknown>,
): Promise<Documents> {
  const documents: Documents = { ...surroundings };
  for (const each of imported) {
    const { type, name, args = {} } = filled(each, documents);
    const kind = type.includes(":") ? type : `waldur:${type}`;
    const outputs = { ...args, ...shown(each) };
    documents[name] = await look(kind, await make(kind, args, outputs));
  }
  return documents;
}

/** Exports what a stack holds, and writes it down with placeholders for what differs from server to server. */
export async function record(name: string, stack: Stack, { surroundings, look }: ByHand): Promise<void> {
  const exported = await stack.pulumi("stack", "export", "--show-secrets");
  const deployment: Deployment = JSON.parse(exported, withoutTraces);
  const documents: Documents = { ...surroundings };
  for (const [resource, { type, id = "", outputs = {} }] of Object.entries(ownResources(deployment))) {
    if (outputs.expired !== true) documents[resource] = await look(kindOf(type) ?? "", id);
  }
  writeDown(
    join(front, `${name}.json`),
    templateOf(deployment, documents, Object.keys(surroundings), program(name)),
  );
}

/** Writes a file of the recordings of this version. @param path below their folder */
export function writeDown(path: string, value: unknown): void {
  const file = join(folder, version, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${printedJson(value)}\n`);
}

/** Leaves out where on this machine a resource was declared, and the outputs of the program, which is run again. */
function withoutTraces(key: string, value: unknown): unknown {
  if (key === "sourcePosition" || key === "stackTrace") return undefined;
  const { type } = (value ?? {}) as { type?: unknown };
  return type === "pulumi:pulumi:Stack" ? { ...(value as object), outputs: {} } : value;
}
