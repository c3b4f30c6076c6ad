import { randomBytes } from "node:crypto";
import { createOnce } from "../../core/resource/once";
import { defined } from "../../core/values";
import { isRefusal } from "../act";
import { dashed, uuidOf } from "../client";
import { nonceKey } from "../metadata";
import { meaningOf } from "../statuses";
import { type CinderContext, fetch, subject, waitSettled } from "../waits";
import { under, volumeFields, type WireVolume } from "../wire";

/** What a new volume is to be like. */
export interface NewVolume {
  /** GiB. */
  size?: number | undefined;
  name?: string | undefined;
  description?: string | undefined;
  metadata?: Record<string, string> | undefined;
  /** Name or uuid. */
  volumeType?: string | undefined;
  availabilityZone?: string | undefined;
  snapshotId?: string | undefined;
  sourceVolumeId?: string | undefined;
  imageId?: string | undefined;
}

/**
 * Asks for a volume, exactly once; its metadata holds the mark by which a lost answer is looked up.
 *
 * @returns the volume, which is being made still; with the project of the credentials
 */
export async function createVolume(ctx: CinderContext, wanted: NewVolume): Promise<WireVolume> {
  const { client, signal } = ctx;
  const nonce = randomBytes(8).toString("hex");
  const { size, name, description, volumeType, availabilityZone } = wanted;
  const [snapshot_id, source_volid, imageRef] = (["snapshotId", "sourceVolumeId", "imageId"] as const).map(
    (property) => (wanted[property] === undefined ? undefined : uuidOf(property, wanted[property])),
  );
  const volume = {
    ...defined({ size, name, description, snapshot_id, source_volid, imageRef }),
    ...defined({ volume_type: volumeType, availability_zone: availabilityZone }),
    metadata: { ...wanted.metadata, [nonceKey]: nonce },
  };
  const made = await createOnce<WireVolume>({
    what: `volume "${name}"`,
    clock: ctx.clock,
    signal,
    timeoutMs: ctx.timeoutMs,
    attempt: async () => under("volume", volumeFields, await sendPatiently(ctx, wanted, { volume })),
    find: async () => {
      const rows = await client.all(
        "/volumes/detail",
        "volumes",
        volumeFields,
        defined({ name: name || undefined }),
        signal,
      );
      return rows.filter((row) => row.metadata?.[nonceKey] === nonce);
    },
    idOf: ({ id }) => id,
    claimed: client.claimed,
    describe: (row) => `"${row.name}" (${row.id}, created ${row.createdAt})`,
  });
  const projectId = made.projectId ?? (await client.service.projectId(signal).catch(() => undefined));
  return { ...made, projectId };
}

/** Sends the request; a source that is busy is waited for. */
async function sendPatiently(
  ctx: CinderContext,
  { snapshotId, sourceVolumeId }: NewVolume,
  body: unknown,
): Promise<unknown> {
  const { client, signal } = ctx;
  const kind = snapshotId === undefined ? "volume" : "snapshot";
  const source = dashed(snapshotId ?? sourceVolumeId);
  for (let waited = false; ; waited = true) {
    try {
      return (await client.send("POST", "/volumes", body, { signal })).body;
    } catch (error) {
      if (!isRefusal(error) || source === undefined || waited) throw error;
      const now = await fetch(ctx, { kind, id: source });
      if (now === undefined || meaningOf(kind, now.status) !== "working") throw error;
      await waitSettled(ctx, subject(kind, source, now.name));
    }
  }
}
