import * as pulumi from "@pulumi/pulumi";
import { uuidIn } from "../provider/fronts/uuid";

/** Today's names of a resource's properties by those that they had in earlier versions. */
export interface FormerNames {
  inputs: Readonly<Record<string, string>>;
  outputs: Readonly<Record<string, string>>;
}

/** Options whose paths and names mean today's properties too where they have those of earlier versions. */
export function withCurrentNames(
  { inputs, outputs }: FormerNames,
  opts: pulumi.CustomResourceOptions,
): pulumi.CustomResourceOptions {
  const { ignoreChanges, replaceOnChanges, additionalSecretOutputs } = opts;
  return {
    ...opts,
    ...(ignoreChanges ? { ignoreChanges: withCurrent(inputs, ignoreChanges) } : {}),
    ...(replaceOnChanges ? { replaceOnChanges: withCurrent(inputs, replaceOnChanges) } : {}),
    ...(additionalSecretOutputs
      ? { additionalSecretOutputs: withCurrent(outputs, additionalSecretOutputs) }
      : {}),
  };
}

/**
 * Has the outputs of a class be there by today's names and by former ones, whichever names the state has. The engine
 * hands out a state of an earlier version as it is while nothing is updated.
 */
export function addFormerOutputs(prototype: object, former: FormerNames): void {
  const { outputs } = former;
  const given = new WeakMap<object, Map<string, Given>>();
  const keep = (of: object, name: string, value: Given) => {
    const known = given.get(of) ?? new Map<string, Given>();
    given.set(of, known.set(name, value));
  };
  for (const [old, name] of Object.entries(outputs)) {
    Object.defineProperty(prototype, old, {
      configurable: true,
      get(this: Record<string, unknown>) {
        return this[name];
      },
      set(this: object, value: Given) {
        keep(this, old, value);
      },
    });
  }
  const ids = Object.values(outputs).flatMap((name) => (name.endsWith("Url") ? [idBeside(name)] : []));
  for (const name of new Set([...Object.values(outputs), ...ids])) {
    const olds = sourcesOf(name, former);
    Object.defineProperty(prototype, name, {
      configurable: true,
      set(this: object, value: Given) {
        let merged: unknown;
        const get = () => {
          const others = olds.flatMap((old) => given.get(this)?.get(old) ?? []);
          merged ??= others.length === 0 ? value : pulumi.output(firstKnown(value, others, name));
          return merged;
        };
        Object.defineProperty(this, name, { configurable: true, enumerable: true, get });
      },
    });
  }
}

/** An output as Pulumi makes it, with what its type does not show. */
type Given = pulumi.Output<unknown> & { isKnown: Promise<boolean>; promise(): Promise<unknown> };

/** The name of the uuid that is in a URL. */
function idBeside(url: string): string {
  return url.replace(/Url$/, "Id");
}

/** The former outputs that say what an output of today says. */
function sourcesOf(name: string, { inputs, outputs }: FormerNames): string[] {
  const direct = Object.keys(outputs).filter((old) => outputs[old] === name);
  if (!name.endsWith("Id")) return direct;
  const shown = Object.keys(outputs).filter((old) => idBeside(outputs[old] ?? "") === name);
  return [...new Set([...direct, ...shown, ...Object.keys(inputs).filter((old) => inputs[old] === name)])];
}

/** The output of today, or what the state of an earlier version has instead of it. */
async function firstKnown(today: Given, others: readonly Given[], name: string): Promise<Given> {
  try {
    if (await says(today)) return today;
    for (const former of others) {
      const value = (await says(former)) ? inTodaysForm(name, await former.promise()) : undefined;
      if (value !== undefined) return former.apply((known) => inTodaysForm(name, known)) as Given;
    }
  } catch {
    // What has gone wrong with the resource is told by the output itself.
  }
  return today;
}

async function says(output: Given): Promise<boolean> {
  return (await output.isKnown) && (await output.promise()) !== undefined;
}

/** A value under a former name as today's has it; `undefined` where it is an argument in another form. */
function inTodaysForm(name: string, value: unknown): unknown {
  if (name.endsWith("Id")) return uuidIn(value);
  if (name.endsWith("Url")) return String(value).includes("://") ? value : undefined;
  return value;
}

/** What a look-up found, whose rows can be read by the names of earlier versions too. */
export function withFormerFields<T>(result: T, names: Readonly<Record<string, string>>): T {
  if (typeof result !== "object" || result === null) return result;
  for (const list of Object.values(result).filter((value) => Array.isArray(value)))
    for (const row of list) withFormerFields(row, names);
  for (const [old, name] of Object.entries(names))
    if (name in result && !(old in result))
      Object.defineProperty(result, old, { value: Reflect.get(result, name) });
  return result;
}

function withCurrent(names: Readonly<Record<string, string>>, paths: string[]): string[] {
  return [...new Set(paths.flatMap((path) => [path, ...(names[path] ? [names[path]] : [])]))];
}
