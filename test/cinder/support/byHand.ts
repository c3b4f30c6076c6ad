import type { ByHand, Properties } from "../../support/recordedStates/plant";
import type { Tenant } from "../service/tenant";
import { newest, startSnapshot, untilSettled } from "./objects";

const dayMs = 86_400_000;
/** The mark that version 0.1.0 puts into the metadata of what it makes. */
const mark = { pulumi: "0123456789abcdef" };

/** Makes objects in a real Cinder as the project's user, past the package. @param settings of the stack, by their names */
export function cinderByHand(tenant: Tenant, settings: Record<string, unknown>): ByHand {
  const { api } = tenant;

  async function volume(inputs: Properties, { name, description, size, metadata = {} }: Properties) {
    const { snapshotId: snapshot_id, sourceVolumeId: source_volid, volumeType, availabilityZone } = inputs;
    const body = {
      ...{ name, description, size, snapshot_id, source_volid },
      ...{ volume_type: volumeType, availability_zone: availabilityZone },
      metadata: { ...(metadata as object), ...mark },
    };
    const made = await api.ok("POST", "/volumes", { body: { volume: body }, version: newest });
    return settled("volume", made.volume.id);
  }

  async function snapshot(inputs: Properties, { name, description, metadata = {}, ...kept }: Properties) {
    const days = /^P(\d+)D$/.exec(String(inputs.retainFor))?.[1];
    const until = days ? new Date(Date.now() + Number(days) * dayMs).toISOString() : kept.keptUntil;
    const made = await startSnapshot(api, dashed(inputs.volumeId), {
      ...{ name, description },
      metadata: {
        ...(metadata as object),
        ...(until ? { kept_until: until } : {}),
        ...(kept.retentionMode ? { retention_mode: kept.retentionMode } : {}),
        ...mark,
      },
    });
    return settled("snapshot", made.id);
  }

  /** Waits for what is being made; what the back end holds is let go. */
  async function settled(kind: "volume" | "snapshot", id: string): Promise<string> {
    tenant.release(id);
    const { status } = await untilSettled(api, kind, id);
    if (status !== "available") throw new Error(`${kind} ${id} is ${status}`);
    return id;
  }

  async function revert(snapshotId: string) {
    const { snapshot: of } = await api.ok("GET", `/snapshots/${snapshotId}`, { version: newest });
    const body = { revert: { snapshot_id: snapshotId } };
    await api.ok("POST", `/volumes/${of.volume_id}/action`, { body, version: newest });
    return `${await settled("volume", of.volume_id)}/${snapshotId}`;
  }

  return {
    surroundings: { settings, types: tenant.cloud.volumeTypes },
    async make(kind, inputs, outputs) {
      const as = { ...inputs, ...outputs };
      if (kind === "cinder:Snapshot") return snapshot(inputs, as);
      if (inputs.mode === "revert") return revert(String(inputs.snapshotId));
      return volume(inputs, as);
    },
    async look(kind, id) {
      const [what, path] = kind === "cinder:Snapshot" ? ["snapshot", "snapshots"] : ["volume", "volumes"];
      const body = await api.ok("GET", `/${path}/${id.split("/")[0]}`, { version: newest });
      return body[what];
    },
  };
}

function dashed(uuid: unknown): string {
  return String(uuid)
    .replaceAll("-", "")
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
