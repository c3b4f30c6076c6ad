import { abortable } from "../../core/abortable";
import { dateResolutionMs } from "../../core/http/serverClock";
import { loneCreation } from "../../core/resource/creation";
import { sameString } from "../../core/resource/diff";
import { isGeneratedName, type Mark, markText, readMark } from "../../core/resource/mark";
import { type Created, createOnce } from "../../core/resource/once/create";
import { lateMs } from "../../core/resource/once/options";
import { bodyOf } from "../../core/resource/requestBody";
import { timestampOf } from "../../core/values";
import { leftoversOf } from "../leftovers";
import { unseen } from "../notFound";
import type { WaldurContext } from "../object";
import { sameReference } from "../references";
import { normalState, seenOf } from "../states";
import { fromWire } from "../wire";
import { type SnapshotInputs, type SnapshotRow, snapshotRow, snapshotTable } from "./schema";

/** The key in the metadata that marks whose the snapshot is; hidden from outputs. */
const markKey = "pulumi";

/** What is known of a snapshot that was asked for. */
type Asked = Pick<SnapshotRow, "uuid" | "name" | "createdAt" | "projectId">;

/**
 * Asks for a snapshot of a volume, exactly once. The server keeps the mark until it overwrites the metadata, which it
 * does once an hour; from then on a generated name tells whose the snapshot is, and a given one tells nothing.
 */
export async function createSnapshot(
  inputs: SnapshotInputs,
  volume: string,
  ctx: WaldurContext,
): Promise<Created<Asked>> {
  const { client, signal } = ctx;
  const creation = ctx.creation ?? loneCreation(ctx.identity, "waldur:Snapshot");
  const { mark } = creation;
  const generated = isGeneratedName(inputs.name, creation.digits);
  const body = {
    ...bodyOf(snapshotTable.fields, inputs, "create"),
    metadata: { ...inputs.metadata, [markKey]: markText(mark) },
  };
  /** A name that was generated here can have been copied; the rest hardly. */
  const isDescribed = ({ description }: Pick<SnapshotRow, "description">) =>
    sameString(description, inputs.description);
  const isOf = ({ volumeId }: { volumeId?: string | undefined }) => sameReference(volumeId, volume);
  /** What bore the name before anything was sent. */
  let before: ReadonlySet<string> | undefined;
  return createOnce<Asked>(ctx, {
    what: `snapshot "${inputs.name}"`,
    creation,
    irrevocable: inputs.keptUntil !== undefined,
    send: async () => {
      const path = client.path("openstack-volumes", volume, "snapshot");
      try {
        return (await client.send("POST", path, body, signal)).body;
      } catch (error) {
        throw unseen(error, { volumeId: volume });
      }
    },
    read: (answer) => fromWire(snapshotRow, answer),
    idOf: ({ uuid }) => uuid,
    async find() {
      const query = { source_volume_uuid: volume, name_exact: inputs.name, o: "-created" };
      const rows = await client.all("openstack-snapshots", snapshotRow, query, signal);
      const ours = rows.filter((row) => markOf(row)?.nonce === mark.nonce);
      if (ours.length > 0) return { ours, maybe: [] };
      // Only once it is made does the server take the metadata away, all of it.
      const bare = rows.filter(
        (row) => isBare(row) && !before?.has(row.uuid) && seenOf(row).meaning !== "working",
      );
      return generated ? { ours: bare.filter(isDescribed), maybe: [] } : { ours: [], maybe: bare };
    },
    async left(again, noted, begun) {
      const rows = await abortable(leftoversOf(client).snapshots.around(volume, again), signal);
      before ??= new Set(rows.filter(({ name }) => name === inputs.name).map(({ uuid }) => uuid));
      return rows
        .filter((row) => !normalState(row.state).startsWith("DELETI"))
        .filter((row) => {
          const own = markOf(row);
          if (own || !isBare(row)) return own?.resource === mark.resource;
          const named = row.name === inputs.name && isDescribed(row);
          return noted.has(row.uuid) || (named && (generated || isOf(row))) || cameOf(begun, row);
        })
        .map((row) => ({
          object: row,
          id: row.uuid,
          stack: markOf(row)?.stack,
          nonce: markOf(row)?.nonce,
          unmarked: isBare(row) && !noted.has(row.uuid) && !(generated && row.name === inputs.name),
          what: `snapshot "${row.name}" (${row.uuid})`,
          differsIn: isOf(row) ? [] : ["volumeId"],
          ageMs: client.now() - (timestampOf(row.createdAt ?? "") ?? 0),
        }));
    },
    claimed: client.claimed,
    now: () => client.now(),
    describe: (row) => `"${row.name}" (${row.uuid}, created ${row.createdAt})`,
  });
}

/** Whether a snapshot was made when runs that were killed have asked for one. */
function cameOf(begun: readonly number[], { createdAt }: Pick<SnapshotRow, "createdAt">): boolean {
  const made = timestampOf(createdAt ?? "") ?? Number.NaN;
  return begun.some((at) => made >= at - dateResolutionMs && made <= at + lateMs);
}

type Marked = Pick<SnapshotRow, "metadata">;

/** The mark of a snapshot; `undefined` where there is none, or one of version 0.1.0. */
export function markOf({ metadata }: Marked): Mark | undefined {
  return readMark(metadata?.[markKey]);
}

/** Whether nothing tells that it is somebody's: the server has taken the mark away, or there never was one. */
export function isBare({ metadata }: Marked): boolean {
  return metadata?.[markKey] === undefined;
}

/** A snapshot's metadata without the provider's mark. */
export function shownMetadata({ metadata = {} }: SnapshotRow): NonNullable<SnapshotRow["metadata"]> {
  const { [markKey]: _mark, ...others } = metadata;
  return others;
}
