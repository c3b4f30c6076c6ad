import type { z } from "zod";
import type { Lookup, Properties } from "../../provider/core/lifecycle";
import type { WaldurClient } from "../../provider/waldur/client";
import { getSnapshots, getVolumes } from "../../provider/waldur/lookups";
import * as snapshot from "../../provider/waldur/snapshot";
import * as volume from "../../provider/waldur/volume";
import type { WireSnapshot, WireVolume } from "../../provider/waldur/wire";

/** A row of a list: what either kind of object has. All of it but the uuid may be missing. */
export type Row = WireSnapshot & WireVolume;

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
  lookup: Lookup<WaldurClient>;
  /** The arguments of the resource. */
  inputs: z.ZodObject;
  /** The arguments that declare an object as it is. */
  inputsOf(row: Row): Properties;
  /** The columns of the table after name, uuid, size and state. */
  columns: Record<string, (row: Row) => string | undefined>;
}

const snapshots: Kind = {
  word: "snapshot",
  plural: "snapshots",
  className: "Snapshot",
  type: snapshot.snapshotLifecycle.type,
  lookup: getSnapshots,
  inputs: snapshot.snapshotInputs,
  inputsOf: snapshot.inputsOf,
  columns: {
    "kept until": ({ keptUntil }) => keptUntil,
    "source volume": ({ sourceVolumeName, sourceVolume }) => sourceVolumeName ?? sourceVolume,
  },
};

const volumes: Kind = {
  word: "volume",
  plural: "volumes",
  className: "Volume",
  type: volume.volumeLifecycle.type,
  lookup: getVolumes,
  inputs: volume.volumeInputs,
  inputsOf: volume.inputsOf,
  columns: { type: ({ typeName }) => typeName, instance: ({ instanceName }) => instanceName },
};

/** What can be imported, by its word on the command line. */
export const kinds = { snapshots, volumes };
