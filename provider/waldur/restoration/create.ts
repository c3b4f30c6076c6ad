import { abortable } from "../../core/abortable";
import { loneCreation } from "../../core/resource/creation";
import { isGeneratedName, type Mark, withMark, withoutMark } from "../../core/resource/mark";
import { type Created, createOnce } from "../../core/resource/once/create";
import { bodyOf } from "../../core/resource/requestBody";
import { timestampOf } from "../../core/values";
import { leftoversOf } from "../leftovers";
import type { WaldurContext } from "../object";
import { longestDescription, sameReference } from "../references";
import type { SnapshotRow } from "../snapshot/schema";
import { normalState } from "../states";
import { fromWire, volumeFields, type WireVolume } from "../wire";
import { restorationTable, type SnapshotRestorationInputs } from "./schema";

/** What is known of a volume that was restored. */
type Restored = Pick<WireVolume, "uuid" | "name" | "createdAt" | "description" | "state" | "projectId">;

/**
 * Asks for the new volume, exactly once. A restore takes a name and a description and nothing else (contract, "POST
 * restore/"), so the mark is at the end of the description, which is shown without it. Where there is no room for it a
 * generated name tells whose the volume is, and beside a given one nothing does.
 *
 * @param snapshot as it was just read
 */
export async function restore(
  inputs: SnapshotRestorationInputs,
  { uuid: snapshot, name: snapshotName }: Pick<SnapshotRow, "uuid" | "name">,
  ctx: WaldurContext,
): Promise<Created<Restored>> {
  const { client, signal } = ctx;
  const creation = ctx.creation ?? loneCreation(ctx.identity, "waldur:SnapshotRestoration");
  const { mark } = creation;
  // What the server would write by itself.
  const words = inputs.description ?? `Restored from snapshot ${snapshotName}`;
  const marked = withMark(words, mark);
  const hasRoom = marked.length <= longestDescription;
  const description = hasRoom ? marked : words;
  const body = bodyOf(restorationTable.fields, { ...inputs, description }, "create");
  const generated = isGeneratedName(inputs.name, creation.digits);
  const named = ({ name }: Restored) => name === inputs.name;
  const isOf = ({ snapshotId }: { snapshotId?: string | undefined }) => sameReference(snapshotId, snapshot);
  let before: ReadonlySet<string> | undefined;
  const run = () =>
    createOnce<Restored>(ctx, {
      what: `restored volume "${inputs.name}"`,
      creation,
      send: async () =>
        (await client.send("POST", client.path("openstack-snapshots", snapshot, "restore"), body, signal))
          .body,
      read: (answer) => fromWire(volumeFields, answer),
      idOf: ({ uuid }) => uuid,
      async find() {
        const query = { snapshot_uuid: snapshot, o: "-created" };
        const rows = await client.all("openstack-volumes", volumeFields, query, signal);
        const ours = rows.filter((row) => markOf(row)?.nonce === mark.nonce);
        // A volume keeps its description, so one without the mark is another.
        if (ours.length > 0 || hasRoom) return { ours, maybe: [] };
        const fresh = rows.filter((row) => named(row) && !markOf(row) && !before?.has(row.uuid));
        return generated ? { ours: fresh, maybe: [] } : { ours: [], maybe: fresh };
      },
      async left(again, noted) {
        const rows = await abortable(leftoversOf(client).restored.around(snapshot, again), signal);
        before ??= new Set(rows.filter(named).map(({ uuid }) => uuid));
        return rows
          .filter((row) => !normalState(row.state).startsWith("DELETI"))
          .filter((row) => {
            const own = markOf(row);
            if (own) return own.resource === mark.resource;
            return noted.has(row.uuid) || (generated && isOf(row) && named(row));
          })
          .map((row) => ({
            object: row,
            id: row.uuid,
            stack: markOf(row)?.stack,
            nonce: markOf(row)?.nonce,
            what: `volume "${row.name}" (${row.uuid})`,
            differsIn: isOf(row) ? [] : ["snapshotId"],
            ageMs: client.now() - (timestampOf(row.createdAt ?? "") ?? 0),
          }));
      },
      claimed: client.claimed,
      now: () => client.now(),
      describe: (row) => `volume "${row.name}" (${row.uuid}, created ${row.createdAt})`,
    });
  // Two of one given name and nothing to tell them apart by come one after the other.
  const unmarked = !hasRoom && !generated;
  return unmarked ? client.turns.take(`${snapshot}/${inputs.name}`, run) : run();
}

/** The mark of a restored volume. */
export function markOf({ description = "" }: Pick<WireVolume, "description">): Mark | undefined {
  return withoutMark(description).mark;
}

/** A volume's description without the provider's mark. */
export function shownDescription({ description }: WireVolume): string | undefined {
  return description === undefined ? undefined : withoutMark(description).text;
}
