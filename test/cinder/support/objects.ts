import type { Api } from "../service/api";
import { until } from "../service/until";

/** The microversion that knows everything that this package knows. */
export const newest = "3.71";

/** A volume or a snapshot as Cinder shows it. */
// biome-ignore lint/suspicious/noExplicitAny: tests look into answers as they come
export type Shown = Record<string, any>;

/** The statuses in which nothing goes on any more. */
const settled = ["available", "error", "in-use", "error_deleting", "error_extending"];

/** Makes a volume of 1 GiB, unless told otherwise, and waits for it. */
export async function makeVolume(api: Api, args: Record<string, unknown> = {}): Promise<Shown> {
  const { volume } = await api.ok("POST", "/volumes", {
    body: { volume: { size: 1, ...args } },
    version: newest,
  });
  return untilSettled(api, "volume", volume.id);
}

/** Makes a snapshot and waits for it. */
export async function makeSnapshot(
  api: Api,
  volume: string,
  args: Record<string, unknown> = {},
): Promise<Shown> {
  const { id } = await startSnapshot(api, volume, args);
  return untilSettled(api, "snapshot", id);
}

/** Asks for a snapshot. @returns the answer at once, while it is being created */
export async function startSnapshot(
  api: Api,
  volume: string,
  args: Record<string, unknown> = {},
): Promise<Shown> {
  const body = { snapshot: { volume_id: volume, ...args } };
  return (await api.ok("POST", "/snapshots", { body, version: newest })).snapshot;
}

/** The object as it is now; `undefined` where there is none. */
export async function look(api: Api, kind: "volume" | "snapshot", id: string): Promise<Shown | undefined> {
  const { status, body } = await api.send("GET", `/${kind}s/${id}`, { version: newest });
  if (status !== 200 && status !== 404)
    throw new Error(`GET ${kind} ${id}: ${status} ${JSON.stringify(body)}`);
  return body[kind];
}

/** Waits until nothing goes on with it any more. @returns what it is then */
export function untilSettled(api: Api, kind: "volume" | "snapshot", id: string): Promise<Shown> {
  return until(`${kind} ${id} is settled`, async () => {
    const seen = await look(api, kind, id);
    return seen && settled.includes(seen.status) ? seen : undefined;
  });
}

/** Waits until it is gone. */
export async function untilGone(api: Api, kind: "volume" | "snapshot", id: string): Promise<void> {
  await until(`${kind} ${id} is gone`, async () => (await look(api, kind, id)) === undefined || undefined);
}

/** Sets a status, as only an administrator may. */
export async function resetStatus(admin: Api, kind: "volume" | "snapshot", id: string, status: string) {
  await admin.ok("POST", `/${kind}s/${id}/action`, { body: { "os-reset_status": { status } } });
}

/** What Cinder says of an object that failed, to its owner. */
export async function messagesOf(api: Api, id: string): Promise<Shown[]> {
  return (await api.ok("GET", `/messages?resource_uuid=${id}`, { version: newest })).messages;
}

/** Has a volume be in use, as after Nova has attached it to an instance. */
export async function attach(admin: Api, id: string): Promise<void> {
  const instance = "99999999-2222-4333-8444-555555555555";
  const body = { "os-attach": { instance_uuid: instance, mountpoint: "/dev/vdb", mode: "rw" } };
  await admin.ok("POST", `/volumes/${id}/action`, { body });
  await until(
    `volume ${id} is in use`,
    async () => (await look(admin, "volume", id))?.status === "in-use" || undefined,
  );
}
