import type { z } from "zod";
import type { Backend } from "../../provider/core/backend";
import type { Lookup, Properties } from "../../provider/core/lifecycle";

/** An object of a list, as far as every back end has it. */
export interface Row {
  uuid: string;
  name?: string | undefined;
  /** In the server's words. */
  state?: string | undefined;
  /** Whether it is in order, so that it can be imported. */
  usable: boolean;
  /** What is wrong with it, in the server's words. */
  trouble?: string | undefined;
  /** MiB. */
  size?: number | undefined;
  /** ISO 8601. */
  created?: string | undefined;
  /** Of a snapshot: it is kept until then. */
  keptUntil?: string | undefined;
  /** Of a snapshot: uuid of the volume that it was taken of. */
  sourceVolume?: string | undefined;
  /** UUID of the project. */
  project?: string | undefined;
  /** The arguments that declare it as it is. */
  inputs: Properties;
  /** The cells of the table after name, uuid, size and state, in the order of the kind's columns. */
  cells: readonly (string | undefined)[];
}

/** A kind of object that can be imported. */
export interface Kind {
  /** One of them, in words. */
  word: "snapshot" | "volume";
  /** Several of them, as the command line and the look-up's result call them. */
  plural: "snapshots" | "volumes";
  /** Its class in the SDK. */
  className: "Snapshot" | "Volume";
  /** Module and name, e.g. `waldur:Snapshot`. */
  type: string;
  lookup: Lookup;
  /** The arguments of the resource. */
  inputs: z.ZodObject;
  /** Reads an object of the look-up's result. */
  rowOf(found: unknown): Row;
  /** The headings of the columns after name, uuid, size and state. */
  columns: readonly string[];
}

/** A back end to import from. */
export interface Source {
  /** The module of its classes. */
  module: "waldur" | "cinder";
  backend: Backend<unknown>;
  kinds: { snapshots: Kind; volumes: Kind };
  /** The argument of a snapshot that names its volume. */
  volumeProperty: string;
  /** Filters of a look-up that are not offered: an import needs all that there is about an object. */
  notOffered: readonly string[];
  /** The filter that keeps lists short where only names that begin so are wanted; `undefined` where there is none. */
  byNamePrefix?: string;
  /** The filter for one project. */
  byProject: string;
  /** Where server and credentials come from, for `--help`. */
  credentials: string;
}
