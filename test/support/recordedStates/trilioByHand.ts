import type { TrilioEmulator } from "../../../emulator";
import type { ByHand, MovedClock, Properties } from "./plant";

/** Longer than any restore takes, in milliseconds. */
const longEnoughMs = 3_600_000;
const restoreRoute = "POST /v1/{tenant}/snapshots/{snapshotId}";

/**
 * Makes restores in an emulated Trilio as its member, through its API; its clock is moved on instead of waiting.
 *
 * @param bodies what was sent to start each, by the name of the restore
 */
export function trilioByHand(
  trilio: TrilioEmulator,
  clock: MovedClock,
  bodies: Record<string, object>,
): ByHand {
  async function send(method: string, path: string, body?: object): Promise<Properties> {
    const headers = { "x-auth-token": trilio.token(), "content-type": "application/json" };
    const answer = await fetch(trilio.url + path, {
      method,
      headers,
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as Properties;
  }

  return {
    surroundings: { ids: trilio.ids },
    async make(_kind, { snapshot }, { name, status, errorMessage, warningMessage }) {
      const body = bodies[String(name).trim()];
      if (!body) throw new Error(`it is not known how the restore "${name}" was started`);
      if (status === "error") {
        const said = { message: String(errorMessage), warning: String(warningMessage) };
        trilio.faults.add({ route: restoreRoute, action: { kind: "fail", ...said } });
      }
      const { restore } = await send("POST", `/snapshots/${dashed(snapshot)}`, body);
      clock.advance(longEnoughMs);
      return String((restore as Properties).id);
    },
    async look(_kind, id) {
      const { restore } = await send("GET", `/restores/${id}`);
      const { snapshot_id: of } = restore as Properties;
      const { restores } = await send("GET", `/restores/detail?snapshot_id=${of}`);
      const listed = (restores as Properties[]).find((each) => each.id === id);
      return { ...(restore as Properties), metadata: listed?.metadata };
    },
  };
}

function dashed(uuid: unknown): string {
  return String(uuid)
    .replaceAll("-", "")
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
