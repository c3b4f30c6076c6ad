import type { Declared } from "../../../engine/support/stack";
import { type Deployment, ownResources, type RecordedResource } from "../deployment";
import { type Documents, spellings } from "../fill";
import { declaredOf, plainly, printOf } from "../prints";

type Values = Record<string, unknown>;

/** What differs from server to server: ids, addresses, and times that are not far off. */
const fleeting = [
  /^[0-9a-f]{32}$/,
  /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
  /^(snap-|volume-)?[0-9a-f-]{32,36}$/,
  /^https?:\/\//,
  /^20\d\d-\d\d-\d\d[T ]\d\d:\d\d/,
];

/**
 * Puts placeholders where a deployment holds what the documents say.
 *
 * @param shown the documents
 * @param settings the names of those that are of the server itself, and there before anything is made
 * @param program what it says literally is no placeholder
 */
export function templateOf(
  deployment: Deployment,
  shown: Documents,
  settings: readonly string[],
  program: readonly Declared[],
): Deployment {
  const literally = JSON.stringify(program);
  const documents: Documents = JSON.parse(JSON.stringify(shown), (_, value) =>
    isFleeting(value) && literally.includes(value) ? undefined : value,
  );
  const own = new Map(Object.entries(ownResources(deployment)).map(([name, { urn }]) => [urn, name]));
  const resources = deployment.deployment.resources.map((resource) => {
    const name = own.get(resource.urn);
    const order = (first: readonly string[]) => [...new Set([...first, ...Object.keys(documents)])];
    const mine = name === undefined || resource.external ? [] : [name];
    const before = order(settings).filter((each) => each !== name);
    const asOutput = replacer(documents, order([...mine, ...settings]), settings);
    const asInput = replacer(documents, [...before, ...mine], settings);
    const { inputs, outputs, ...others } = resource;
    const templated: RecordedResource = {
      ...(asOutput(others) as RecordedResource),
      ...(inputs ? { inputs: asInput(inputs) as Values } : {}),
      ...(outputs ? { outputs: asOutput(named(outputs, documents[name ?? ""], name)) as Values } : {}),
    };
    return name === undefined ? templated : printed(resource, templated);
  });
  return { ...deployment, deployment: { ...deployment.deployment, resources } };
}

/** Outputs of which each that the object shows under the same name points there. */
function named(outputs: Values, document: unknown, name: string | undefined): Values {
  const shown = (document ?? {}) as Values;
  return Object.fromEntries(
    Object.entries(outputs).map(([key, value]) => {
      const there = key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
      const text = shown[there];
      // How long something took is another number each time.
      if (key === "timeTaken") return [key, `{{${name}/${there}}}`];
      if (!isFleeting(value) || typeof text !== "string") return [key, value];
      if (text === value) return [key, `{{${name}/${there}}}`];
      const spelling = spellingsOf(text).find((each) => spellings[each]?.(text) === value);
      return [key, spelling ? `{{${name}/${there}#${spelling}}}` : value];
    }),
  );
}

function isFleeting(value: unknown): boolean {
  return (
    typeof value === "string" && fleeting.some((form) => form.test(value)) && !/^2[1-9]\d\d-/.test(value)
  );
}

/** The other spellings that there are of a value. */
function spellingsOf(text: string): string[] {
  if (/^[0-9a-f-]{32,36}$/.test(text)) return ["dashed", "plain"];
  return /^\d{4}-\d\d-\d\dT[\d:.]+$/.test(text) ? ["zoned", "seconds"] : [];
}

function replacer(documents: Documents, order: readonly string[], settings: readonly string[]) {
  const paths = new Map<string, string>();
  const note = (text: string, path: string) => {
    if (!paths.has(text)) paths.set(text, path);
  };
  // What an object is known by is its own: others that show it too are made from it, and are not there before it.
  for (const name of order) {
    const { id, uuid } = (documents[name] ?? {}) as Values;
    for (const [key, text] of Object.entries({ id, uuid })) {
      if (typeof text !== "string" || !isFleeting(text)) continue;
      note(text, `${name}/${key}`);
      for (const each of spellingsOf(text)) note(spellings[each]?.(text) ?? text, `${name}/${key}#${each}`);
    }
  }
  for (const name of order) {
    for (const [path, text] of leaves(documents[name], name)) {
      if (!isFleeting(text) && !(settings.includes(name) && text.length > 8)) continue;
      note(text, path);
      for (const each of spellingsOf(text)) note(spellings[each]?.(text) ?? text, `${path}#${each}`);
    }
  }
  const texts = [...paths.keys()].sort((a, b) => b.length - a.length);
  const any = new RegExp(texts.map((text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("|"), "g");
  const walk = (value: unknown): unknown => {
    if (typeof value === "string") {
      if (value.startsWith("{{")) return value;
      return value.replace(any, (text) => `{{${paths.get(text)}}}`);
    }
    if (Array.isArray(value)) return value.map(walk);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, walk(inner)]));
  };
  return walk;
}

function leaves(value: unknown, path: string): [path: string, text: string][] {
  if (typeof value === "string") return [[path, value]];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => leaves(inner, `${path}/${key}`));
}

/** Has prints of what differs from server to server made when the rest is filled in. */
function printed(resource: RecordedResource, templated: RecordedResource): RecordedResource {
  const plain = plainly(resource) as RecordedResource;
  const template = plainly(templated) as RecordedResource;
  const sources: [string, unknown, unknown][] = (["inputs", "outputs"] as const).flatMap((side) =>
    Object.entries(plain[side] ?? {}).map(([key, value]): [string, unknown, unknown] => [
      `${side}/${key}`,
      value,
      template[side]?.[key],
    ]),
  );
  sources.push(["declared", declaredOf(plain.inputs ?? {}), declaredOf(template.inputs ?? {})]);
  const marks = new Map<string, string>();
  for (const [path, value, placed] of sources) {
    const print = printOf(value);
    const differs = JSON.stringify(placed)?.includes("{{") ?? false;
    if (!marks.has(print)) marks.set(print, differs ? `{{print ${path}}}` : print);
  }
  const unknown: string[] = [];
  const markOf = (print: string) => {
    const mark = marks.get(print);
    if (mark === undefined) unknown.push(print);
    return mark ?? print;
  };
  const outputs = { ...templated.outputs };
  const applied = outputs.__applied as Record<string, string> | undefined;
  if (applied) {
    outputs.__applied = Object.fromEntries(
      Object.entries(applied).map(([key, print]) => [key, print === "" ? "" : markOf(print)]),
    );
  }
  const noted = (side: Values | undefined): Values => {
    const told = side?.forPolicies as { declared?: string } | undefined;
    if (!side || told?.declared === undefined) return {};
    return { forPolicies: { ...told, declared: markOf(told.declared) } };
  };
  if (unknown.length > 0)
    console.log(`prints of nothing that is there: ${resource.urn}: ${unknown.join(", ")}`);
  return {
    ...templated,
    ...(templated.inputs ? { inputs: { ...templated.inputs, ...noted(templated.inputs) } } : {}),
    ...(templated.outputs ? { outputs: { ...outputs, ...noted(outputs) } } : {}),
  };
}

/** JSON that people can read: what fits into a line is on one. */
export function printedJson(value: unknown, indent = ""): string {
  const line = JSON.stringify(value);
  if (line.length + indent.length <= 110 || typeof value !== "object" || value === null) return spaced(value);
  const deeper = `${indent}  `;
  const [open, close] = Array.isArray(value) ? "[]" : "{}";
  const inner = Array.isArray(value)
    ? value.map((each) => printedJson(each, deeper))
    : Object.entries(value).map(([key, each]) => `${JSON.stringify(key)}: ${printedJson(each, deeper)}`);
  return `${open}\n${inner.map((each) => deeper + each).join(",\n")}\n${indent}${close}`;
}

function spaced(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(spaced).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).map(([key, inner]) => `${JSON.stringify(key)}: ${spaced(inner)}`);
  return `{${entries.join(", ")}}`;
}
