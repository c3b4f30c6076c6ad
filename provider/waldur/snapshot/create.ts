import { randomBytes } from "node:crypto";
import { wrongArguments } from "../../core/resource/check";
import type { Properties } from "../../core/resource/lifecycle";
import { createOnce } from "../../core/resource/once";
import { checkNewRetention, firstKeptUntil, wireTimestamp } from "../../core/retention";
import { defined, instantOf } from "../../core/values";
import type { WaldurContext } from "../waits";
import { fromWire, snapshotFields, type WireSnapshot } from "../wire";
import type { SnapshotInputs } from "./lifecycle";

/** The key in the metadata that marks who made the snapshot; hidden from outputs. */
const nonceKey = "pulumi";

/** Asks for a snapshot of a volume, exactly once. @returns its uuid */
export async function createSnapshot(
  inputs: SnapshotInputs,
  volume: string,
  ctx: WaldurContext,
): Promise<string> {
  const nonce = randomBytes(8).toString("hex");
  const { client } = ctx;
  const keptUntil = await firstEnd(inputs, ctx);
  const body = {
    ...snapshotBody({ ...inputs, keptUntil }),
    metadata: { ...inputs.metadata, [nonceKey]: nonce },
  };
  const made = await createOnce<WireSnapshot>({
    what: `snapshot "${inputs.name}"`,
    clock: ctx.clock,
    signal: ctx.signal,
    timeoutMs: ctx.timeoutMs,
    attempt: async () => {
      const answer = await client.send(
        "POST",
        client.path("openstack-volumes", volume, "snapshot"),
        body,
        ctx.signal,
      );
      return fromWire(snapshotFields, answer.body);
    },
    async find(since) {
      const query = { source_volume_uuid: volume, name_exact: inputs.name, o: "-created" };
      const rows = await client.all("openstack-snapshots", snapshotFields, query, ctx.signal);
      // One second for the resolution of the server's Date header.
      const recent = rows.filter(
        (row) => (instantOf(row.created ?? "") ?? 0) >= since + client.http.serverAheadMs - 1000,
      );
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
  return made.uuid;
}

/** The instant until which a new snapshot is kept, by the server's clock. @throws UserError where it is past */
async function firstEnd(inputs: SnapshotInputs, ctx: WaldurContext): Promise<string | undefined> {
  if (inputs.keptUntil === undefined && inputs.retainFor === undefined) return undefined;
  const now = await ctx.client.serverNow();
  const wrong = checkNewRetention(inputs, now);
  if (wrong.length > 0) throw wrongArguments(wrong);
  return firstKeptUntil(inputs, now);
}

/** A snapshot's metadata without the provider's mark. */
export function shownMetadata({ metadata = {} }: WireSnapshot): NonNullable<WireSnapshot["metadata"]> {
  const { [nonceKey]: _mark, ...others } = metadata;
  return others;
}

/** The body of a POST or PATCH: those of the arguments that the server knows and that are given. */
export function snapshotBody({ name, description, metadata, keptUntil }: Properties): Properties {
  return defined({ name, description, metadata, kept_until: wireTimestamp(keptUntil) });
}
