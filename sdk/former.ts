import type * as pulumi from "@pulumi/pulumi";

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

/** Gives a class the outputs that today's versions call otherwise. */
export function addFormerOutputs(prototype: object, { outputs }: FormerNames): void {
  for (const [old, name] of Object.entries(outputs)) {
    Object.defineProperty(prototype, old, {
      configurable: true,
      get(this: Record<string, unknown>) {
        return this[name];
      },
      // Pulumi gives a resource a property for each argument, those of former names included.
      set() {},
    });
  }
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
