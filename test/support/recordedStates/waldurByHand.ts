import type { WaldurEmulator } from "../../../emulator";
import type { ByHand, MovedClock, Properties } from "./plant";

/** Longer than anything takes that the emulator does, in milliseconds. */
const longEnoughMs = 120_000;
const dayMs = 86_400_000;
/** The mark that version 0.1.0 puts into the metadata of what it makes. */
const mark = { pulumi: "0123456789abcdef" };

/** Makes objects in an emulated Waldur as its owner, through its API; its clock is moved on instead of waiting. */
export function waldurByHand(
  waldur: WaldurEmulator,
  clock: MovedClock,
): ByHand & { send(method: string, path: string, body?: object): Promise<Properties> } {
  const { ids, link } = waldur;

  async function send(method: string, path: string, body?: object): Promise<Properties> {
    const headers = {
      authorization: `Token ${waldur.tokens.owner}`,
      "content-type": "application/json",
    };
    const text = body && JSON.stringify(body);
    const answer = await fetch(`${waldur.url}/api/${path}`, {
      method,
      headers,
      ...(text ? { body: text } : {}),
    });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    if (method !== "GET") clock.advance(longEnoughMs);
    return (await answer.json().catch(() => ({}))) as Properties;
  }

  async function order(inputs: Properties, { name, description, bootable, size }: Properties) {
    const { type, image, plan } = inputs;
    const offering = link("marketplace-public-offerings", ids.offering);
    const { uuid } = await send("POST", "marketplace-orders/", {
      offering,
      project: link("projects", ids.project),
      ...(plan ? { plan: `${offering}plans/${plan}/` } : {}),
      attributes: {
        ...{ name, size, description },
        ...(type ? { type: link("openstack-volume-types", String(ids.types[String(type)])) } : {}),
        ...(image ? { image: link("openstack-images", String(image)) } : {}),
      },
    });
    const { resource_uuid: volume } = await send("GET", `marketplace-orders/${uuid}/`);
    if (bootable) await send("PATCH", `openstack-volumes/${volume}/`, { bootable });
    return String(volume);
  }

  async function snapshot(inputs: Properties, { name, description, metadata, keptUntil }: Properties) {
    const days = /^P(\d+)D$/.exec(String(inputs.retainFor))?.[1];
    const { uuid } = await send("POST", `openstack-volumes/${last(inputs.sourceVolume)}/snapshot/`, {
      ...{ name, description },
      ...(Object.keys(metadata ?? {}).length > 0 ? { metadata: { ...(metadata as object), ...mark } } : {}),
      kept_until: days ? new Date(clock.now() + Number(days) * dayMs).toISOString() : keptUntil,
    });
    return String(uuid);
  }

  async function restore(inputs: Properties, { name, description }: Properties) {
    const of = last(inputs.snapshot);
    const { uuid } = await send("POST", `openstack-snapshots/${of}/restore/`, { name, description });
    const rows = (await send("GET", `openstack-snapshots/${of}/restorations/`)) as unknown as Properties[];
    return String(rows.find(({ volume }) => last(volume) === uuid)?.uuid);
  }

  async function attach(inputs: Properties) {
    const [volume, instance] = [last(inputs.volume), last(inputs.instance)];
    await send("POST", `openstack-volumes/${volume}/attach/`, {
      instance: link("openstack-instances", instance),
    });
    return `${volume}/${instance}`;
  }

  async function restoration(id: string) {
    for (const { restorations } of (await send(
      "GET",
      "openstack-snapshots/?page_size=100",
    )) as unknown as Properties[]) {
      const row = (restorations as Properties[]).find(({ uuid }) => uuid === id);
      if (row) return { ...row, of: await send("GET", `openstack-volumes/${last(row.volume)}/`) };
    }
    throw new Error(`there is no restoration ${id}`);
  }

  return {
    send,
    surroundings: { ids, server: { url: waldur.url } },
    async make(kind, inputs, outputs) {
      const as = { ...inputs, ...outputs };
      if (kind === "waldur:Volume") return order(inputs, as);
      if (kind === "waldur:Snapshot") return snapshot(inputs, as);
      return kind === "waldur:SnapshotRestoration" ? restore(inputs, as) : attach(inputs);
    },
    look(kind, id) {
      if (kind === "waldur:SnapshotRestoration") return restoration(id);
      const collection = kind === "waldur:Snapshot" ? "openstack-snapshots" : "openstack-volumes";
      return send("GET", `${collection}/${id.split("/")[0]}/`);
    },
  };
}

/** The uuid of a reference as the programs of the recordings spell it. */
function last(reference: unknown): string {
  return (String(reference).replace(/\/$/, "").split("/").at(-1) ?? "").replaceAll("-", "");
}
