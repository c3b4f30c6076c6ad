import type { Properties } from "../../../../provider/core/resource/lifecycle";

/** The two fronts. */
export const fronts = ["dynamic", "plugin"] as const;
/** One of the two. */
export type Front = (typeof fronts)[number];

/** A resource of a program, with the options that concern a provider. */
export interface Resource {
  /** Module and name, e.g. `waldur:Snapshot`. */
  type: string;
  /** Its name in the program; {@link identity} has the usual one. */
  name?: string;
  /** Time limits in seconds. */
  limits?: { create?: number; update?: number; delete?: number };
  /** The option `import`. */
  imports?: string | undefined;
}

/** A resource as the engine keeps it: just what the codec answered. */
export interface Held {
  id: string;
  inputs: Properties;
  outputs: Properties;
}

/** An argument that is wrong. */
export interface Failure {
  property: string;
  reason: string;
}

/** The answer to Diff. */
export interface Diff {
  changes: boolean;
  replaces: string[];
  deleteBeforeReplace: boolean;
  /** How each property differs, e.g. `UPDATE`; a dynamic provider cannot say that. */
  detailed?: Record<string, string>;
}

/** What a call failed with. */
export class Refused extends Error {
  override name = "Refused";

  /** @param partial the object that is there all the same, as the engine gets to know it */
  constructor(
    message: string,
    readonly partial?: { id: string; outputs: Properties; reasons: string[] },
  ) {
    super(message);
  }
}

/** One of the two fronts as the engine calls it, in a process of its own; every call may throw {@link Refused}. */
export interface Codec {
  /** Whether the engine reads what is to be imported, or leaves that to the create of the provider. */
  readonly importsBy: "read" | "create";
  /** The arguments of a program as they come to Check. */
  declared(resource: Resource, args: Properties): Properties;
  /** @param olds the arguments of before; empty for a new resource */
  check(
    resource: Resource,
    olds: Properties,
    news: Properties,
  ): Promise<{ inputs: Properties; failures: Failure[] }>;
  diff(resource: Resource, held: Held, inputs: Properties): Promise<Diff>;
  /** What the engine shows a program of a resource that is yet to be made. */
  previewCreate(resource: Resource, inputs: Properties): Promise<Properties>;
  create(resource: Resource, inputs: Properties): Promise<{ id: string; outputs: Properties }>;
  /** What the engine shows a program of a resource that is yet to be updated. */
  previewUpdate(resource: Resource, held: Held, inputs: Properties): Promise<Properties>;
  update(resource: Resource, held: Held, inputs: Properties): Promise<Properties>;
  /** A refresh. @returns `undefined` for what is gone */
  read(resource: Resource, held: Held): Promise<Held | undefined>;
  /** A read of what the stack does not hold. */
  find(resource: Resource, id: string): Promise<Held | undefined>;
  delete(resource: Resource, held: Held): Promise<void>;
  close(): Promise<void>;
}

/** The project, the stack and the name that every resource of the suite has. */
export const identity = { project: "shop", stack: "test", name: "drill" };
