import { createRequire } from "node:module";
import type { OpMap } from "@pulumi/pulumi/automation";

/** Loaded like a user's program, so with the built package. */
export const { declare } = createRequire(__filename)("./program/declare.js") as {
  declare(program: { resources: Declared[] }): Promise<Record<string, unknown>>;
};

/** A resource as a test declares it. */
export interface Declared {
  /** A class of the module `waldur` by its name alone, one of another module as `cinder:Snapshot`, or `Provider`. */
  type:
    | "Volume"
    | "VolumeAttachment"
    | "Snapshot"
    | "SnapshotRestoration"
    | "Provider"
    | `${string}:${string}`;
  name: string;
  args?: Record<string, unknown>;
  /** Read this id with `static get` instead of managing it. */
  get?: string;
  opts?: Record<string, unknown>;
  /** Name of an explicit provider that was declared before. */
  provider?: string;
}

/** A look-up as a test declares it. */
export interface LookUp {
  name: string;
  /** A function of the module `waldur` by its name alone, one of another module as `cinder:getSnapshots`. */
  fn: string;
  args: Record<string, unknown>;
  /** Name of an explicit provider that was declared before. */
  provider?: string;
}

/** What a run of the engine did. */
export interface Run {
  /** Everything that the engine printed. */
  text: string;
  /** Resources by what was done with them, e.g. `{ create: 3, same: 1 }`. */
  changes: Partial<OpMap>;
  /** Outputs of the program: every resource by its name. */
  outputs: Record<string, Record<string, unknown>>;
}
