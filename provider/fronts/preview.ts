import type { Change, Lifecycle, Properties } from "../core/resource/lifecycle";
import { unknownValue } from "../core/values";

/** What can be known of a resource before it is created. */
export function createdPreview(lifecycle: Lifecycle, inputs: Properties): Properties {
  const names = [...Object.keys(lifecycle.inputs.shape), ...Object.keys(lifecycle.outputs.shape)];
  const outputs: Properties = Object.fromEntries(names.map((name) => [name, unknownValue]));
  const unechoed = lifecycle.unechoed?.(inputs) ?? [];
  return { ...outputs, ...known(lifecycle, inputs, (name) => !unechoed.includes(name)) };
}

/** What can be known of a resource before it is updated: what stays, and what comes out as it is declared. */
export function updatedPreview(
  lifecycle: Lifecycle,
  changes: readonly Change[],
  olds: Properties,
  inputs: Properties,
): Properties {
  const stable = new Set(lifecycle.stable ?? []);
  const outputs = Object.entries(olds).map(([name, value]) => [
    name,
    stable.has(name) ? value : unknownValue,
  ]);
  const unechoed = lifecycle.unechoed?.(inputs, olds) ?? [];
  const changed = new Set(changes.map(({ property }) => property));
  // An argument that does not change keeps its output, whatever form the server gives it.
  const kept = Object.keys(lifecycle.inputs.shape).filter((name) => name in olds && !changed.has(name));
  return {
    ...Object.fromEntries(outputs),
    ...Object.fromEntries(kept.map((name) => [name, olds[name]])),
    ...known(lifecycle, inputs, (name) => changed.has(name) && !unechoed.includes(name)),
  };
}

/** What comes out as it is declared. @param echoed whether that holds here for one of the lifecycle's echoes */
function known(
  { echoes = [], locals = [] }: Lifecycle,
  inputs: Properties,
  echoed: (name: string) => boolean,
): Properties {
  const names = [...echoes.filter(echoed), ...locals].filter((name) => inputs[name] !== undefined);
  return Object.fromEntries(names.map((name) => [name, inputs[name]]));
}
