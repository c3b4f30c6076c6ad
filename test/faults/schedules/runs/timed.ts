import type { Codec, Resource } from "../../../fronts/contract/support/codec";

/** How long one call of the engine took. */
export interface Call {
  /** E.g. `create`. */
  what: string;
  ms: number;
  /** In milliseconds. */
  limitMs: number;
}

type Operation = "create" | "update" | "delete";

const operationOf: Record<string, Operation> = { create: "create", update: "update", delete: "delete" };

/**
 * The codec with a clock at every call.
 *
 * @param usual the kind's own time limits in seconds
 * @param done told of each call that has ended, well or not
 */
export function timed(
  codec: Codec,
  usual: Record<Operation, number>,
  now: () => number,
  done: (call: Call) => void,
): Codec {
  const calls = ["check", "diff", "create", "update", "read", "delete"] as const;
  const clocked = calls.map((name) => {
    const run = async (resource: Resource, ...rest: never[]) => {
      const start = now();
      const operation = operationOf[name];
      const seconds = operation ? (resource.limits?.[operation] ?? usual[operation]) : usual.update;
      try {
        return await (codec[name] as (resource: Resource, ...rest: never[]) => Promise<unknown>)(
          resource,
          ...rest,
        );
      } finally {
        done({ what: name, ms: now() - start, limitMs: seconds * 1000 });
      }
    };
    return [name, run];
  });
  return Object.assign(Object.create(codec) as Codec, Object.fromEntries(clocked));
}
