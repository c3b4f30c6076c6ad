/** A place in properties: names of keys, indices of lists, and `*` for each of either. */
export type Path = readonly (string | number)[];

/** One step: `name`, `.name`, `[0]`, `[*]` or `["any text"]`. */
const step = /\.?([^.[\]"]+)|\[(\d+)\]|\[\*\]|\["((?:[^"\\]|\\.)*)"\]/y;

/**
 * Reads a path as Pulumi's options have it, e.g. `metadata.team`, `metadata["a.b"]` or `options.instances[0].name`.
 *
 * @returns `undefined` for what is no path
 */
export function parsePath(text: string): Path | undefined {
  const path: (string | number)[] = [];
  step.lastIndex = 0;
  while (step.lastIndex < text.length) {
    const match = step.exec(text);
    if (!match) return undefined;
    const [, name, index, quoted] = match;
    if (quoted !== undefined) path.push(quoted.replace(/\\(.)/g, "$1"));
    else if (index !== undefined) path.push(Number(index));
    else path.push(name ?? "*");
  }
  return path.length > 0 ? path : undefined;
}

/** A path as Pulumi writes it. */
export function formatPath(path: Path): string {
  return path.reduce<string>((text, part) => {
    if (typeof part === "number") return `${text}[${part}]`;
    if (!/^[\w*-]+$/.test(part)) return `${text}[${JSON.stringify(part)}]`;
    return text === "" ? part : `${text}.${part}`;
  }, "");
}
