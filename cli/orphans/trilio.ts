import { trilio } from "../../provider/trilio/backend";
import type { TrilioClient } from "../../provider/trilio/client";
import { markOf } from "../../provider/trilio/restoration/create";
import * as restoration from "../../provider/trilio/restoration/lifecycle";
import { rowOf } from "../../provider/trilio/restoration/row";
import { meaningOf } from "../../provider/trilio/states";
import type { WireRestore } from "../../provider/trilio/wire";
import type { Declarable, Item } from "../import/kinds";
import type { Marked, MarkedObjects } from "./marked";

const { type, inputs } = restoration.snapshotRestorationLifecycle;
const kind: Declarable = { word: "restore", className: "SnapshotRestoration", type, inputs };

/** What is marked in Trilio: the records of restores. What they have restored is Nova's and Cinder's. */
export const trilioMarked: MarkedObjects<TrilioClient> = {
  module: { backend: trilio },
  find: async ({ client, signal }) => (await client.restores(undefined, signal)).map(ofRestore),
};

function ofRestore(restore: WireRestore): Marked<TrilioClient> {
  const { id, name, createdAt: created, status, size, projectId } = rowOf(restore);
  const working = meaningOf(status) === "working";
  const item: Item = {
    id,
    name,
    created,
    projectId,
    unready: working ? `its status is ${status}` : undefined,
    inputs: restoration.inputsOf(restore),
    cells: {},
  };
  return {
    word: "restore",
    id,
    ids: [id],
    name,
    created,
    size: size === undefined ? undefined : `${Math.ceil(size / 2 ** 30)} GiB`,
    state: status,
    mark: markOf(restore),
    old: false,
    types: [type],
    declare: () => ({ kind, item }),
    remove: (ctx) =>
      restoration.snapshotRestorationLifecycle.delete(id, { projectId, createdAt: created, name }, ctx),
  };
}
