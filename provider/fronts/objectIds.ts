import type { Lifecycle, Properties } from "../core/resource/lifecycle";

/**
 * The ids of the object that a resource stands for: its own, the parts of one that has several, and that of a volume
 * which it has made beside.
 *
 * @param state its outputs
 */
export function objectIds({ facts }: Pick<Lifecycle, "facts">, id: string, state: Properties): string[] {
  const volume = facts.volumeId === undefined ? undefined : state[facts.volumeId];
  return [...id.split("/"), ...(typeof volume === "string" ? [volume] : [])];
}
