import { currentState } from "../core/resource/former";
import type { Lifecycle, Properties } from "../core/resource/lifecycle";

/**
 * The ids of the object that a resource stands for: its own, the parts of one that has several, and that of a volume
 * which it has made beside.
 *
 * @param state its outputs, those of an earlier version too
 */
export function objectIds(
  { facts, former }: Pick<Lifecycle, "facts" | "former">,
  id: string,
  state: Properties,
): string[] {
  const { volumeId } = facts;
  const volume = volumeId === undefined ? undefined : currentState(former, state)[volumeId];
  return [...id.split("/"), ...(typeof volume === "string" ? [volume] : [])];
}
