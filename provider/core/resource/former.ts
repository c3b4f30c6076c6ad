import { isRecord, sameJson } from "../values";
import { appliedKey } from "./appliedKey";
import { formatPath, parsePath } from "./paths";

type Properties = Record<string, unknown>;

/** Today's names of properties by those that they had in earlier versions. */
type Names = Readonly<Record<string, string>>;

/** The names that the properties of a resource had in earlier versions: programs and states may have them still. */
export interface FormerNames {
  /** Of arguments: what they are called today, by the former name. */
  inputs: Names;
  /** Of outputs that do not go by {@link inputs}: the same. */
  outputs: Names;
  /** What a state has besides today, by what it has under today's names. */
  derived?(outputs: Properties): Properties;
}

const none: FormerNames = { inputs: {}, outputs: {} };

/** Properties under today's names. Where both names are there, today's counts. */
export function renamed<T extends Properties>(names: Names, values: T): T {
  if (!hasFormer(names, values)) return values;
  const entries = Object.entries(values);
  const moved = entries.flatMap(([name, value]) => (name in names ? [[names[name] ?? name, value]] : []));
  const kept = entries.filter(([name, value]) => !(name in names) && value !== undefined);
  return { ...Object.fromEntries(moved), ...Object.fromEntries(kept) } as T;
}

/** Whether properties have a name of an earlier version. */
function hasFormer(names: Names, values: Properties): boolean {
  return Object.keys(names).some((name) => name in values);
}

/** Arguments under today's names. */
export function currentInputs<T extends Properties>({ inputs }: FormerNames = none, values: T): T {
  return renamed(inputs, values);
}

/** Whether a state is one of an earlier version, whose outputs had other names. */
export function isFormer(former: FormerNames = none, state: Properties): boolean {
  return hasFormer({ ...former.inputs, ...former.outputs }, state);
}

/** A state under today's names, the prints of arguments among it. */
export function currentState<T extends Properties>(former: FormerNames = none, state: T): T {
  const prints = state[appliedKey];
  const byInput = ([name, print]: [string, unknown]) => [former.inputs[name] ?? name, print];
  const applied = isRecord(prints)
    ? { [appliedKey]: Object.fromEntries(Object.entries(prints).map(byInput)) }
    : {};
  if (!isFormer(former, state)) return { ...state, ...applied };
  const outputs = renamed({ ...former.inputs, ...former.outputs }, state);
  return { ...(former.derived?.(outputs) ?? {}), ...outputs, ...applied };
}

/** Paths under today's names, e.g. `volumeId` for `sourceVolume`. */
export function currentPaths(former: FormerNames | undefined, paths: readonly string[]): readonly string[] {
  return paths.map((text) => {
    const [first, ...inner] = parsePath(text) ?? [];
    const name = former?.inputs[String(first)];
    return name === undefined ? text : formatPath([name, ...inner]);
  });
}

/** Names of properties, today's in place of former ones. */
export function currentNames({ inputs, outputs }: FormerNames = none, names: readonly string[]): string[] {
  return [...new Set(names.flatMap((name) => [outputs[name] ?? inputs[name] ?? name, inputs[name] ?? name]))];
}

/** What is wrong where an argument is given by both of its names, with different values. */
export function namedTwice(names: Names, given: Properties): { property: string; reason: string }[] {
  return Object.entries(names).flatMap(([old, name]) => {
    const [one, other] = [given[name], given[old]];
    const differ = one !== undefined && other !== undefined && !sameJson(one, other);
    if (!differ) return [];
    const reason = `${name} and ${old} have different values; ${old} is the former name of ${name}, so set ${name} alone`;
    return [{ property: name, reason }];
  });
}
