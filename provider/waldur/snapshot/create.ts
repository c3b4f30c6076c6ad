import { randomBytes } from "node:crypto";
import { bodyOf } from "../../core/resource/field";
import { createOnce } from "../../core/resource/once";
import type { WaldurContext } from "../object";
import { isRecent } from "../recent";
import { fromWire } from "../wire";
import { type SnapshotInputs, type SnapshotRow, snapshotRow, snapshotTable } from "./schema";

/** The key in the metadata that marks who made the snapshot; hidden from outputs. */
const nonceKey = "pulumi";

/** Asks for a snapshot of a volume, exactly once. @returns it, still being made */
export async function createSnapshot(
  inputs: SnapshotInputs,
  volume: string,
  ctx: WaldurContext,
): Promise<SnapshotRow> {
  const nonce = randomBytes(8).toString("hex");
  const { client } = ctx;
  const body = {
    ...bodyOf(snapshotTable.fields, inputs, "create"),
    metadata: { ...inputs.metadata, [nonceKey]: nonce },
  };
  return createOnce<SnapshotRow>({
    what: `snapshot "${inputs.name}"`,
    clock: ctx.clock,
    signal: ctx.signal,
    timeoutMs: ctx.timeoutMs,
    attempt: async () => {
      const path = client.path("openstack-volumes", volume, "snapshot");
      return fromWire(snapshotRow, (await client.send("POST", path, body, ctx.signal)).body);
    },
    async find(since) {
      const query = { source_volume_uuid: volume, name_exact: inputs.name, o: "-created" };
      const rows = await client.all("openstack-snapshots", snapshotRow, query, ctx.signal);
      const recent = rows.filter((row) => isRecent(client, row, since));
      const marks = recent.map((row) => row.metadata?.[nonceKey]);
      // The server may have wiped the mark already; another mark tells for certain that it is not ours.
      return recent.filter((_, index) =>
        marks.includes(nonce) ? marks[index] === nonce : marks[index] === undefined,
      );
    },
    idOf: ({ uuid }) => uuid,
    claimed: ctx.client.claimed,
    describe: (row) => `"${row.name}" (${row.uuid}, created ${row.created})`,
  });
}

/** A snapshot's metadata without the provider's mark. */
export function shownMetadata({ metadata = {} }: SnapshotRow): NonNullable<SnapshotRow["metadata"]> {
  const { [nonceKey]: _mark, ...others } = metadata;
  return others;
}
