import { timestampOf } from "../core/values";
import type { CinderClient } from "./client";
import { messageFields, type WireMessage } from "./wire";

/** Clocks are taken to agree up to this. */
const slackMs = 2000;

/**
 * The service's own words about what went wrong with an object: an object that failed does not hold them itself
 * (contract, "Failed create"). They are a by-product, so no trouble with them is trouble.
 *
 * @param since only what was said after this, in ms of our clock
 * @returns e.g. `create snapshot:Snapshot failed to create. (event VOLUME_VOLUME_SNAPSHOT_009_013, ...)`
 */
export async function messageAbout(
  client: CinderClient,
  id: string,
  since: number | undefined,
  signal?: AbortSignal,
): Promise<string | undefined> {
  try {
    if (!(await client.service.knows("3.3", signal))) return undefined;
    const { items } = await client.page(
      "/messages",
      "messages",
      messageFields,
      { resource_uuid: id },
      signal,
    );
    const from = since === undefined ? 0 : since + (client.service.serverClock?.aheadMs ?? 0) - slackMs;
    const newest = items
      // Services before 3.5 do not know the filter.
      .filter((message) => message.resourceUuid === id && timeOf(message) >= from)
      .sort((one, other) => timeOf(other) - timeOf(one))[0];
    return newest && words(newest);
  } catch {
    return undefined;
  }
}

function timeOf({ createdAt }: WireMessage): number {
  return timestampOf(createdAt ?? "") ?? 0;
}

function words({ userMessage, eventId, requestId }: WireMessage): string | undefined {
  if (!userMessage) return undefined;
  const facts = [eventId && `event ${eventId}`, requestId && `request id ${requestId}`].filter(Boolean);
  return facts.length > 0 ? `${userMessage} (${facts.join(", ")})` : userMessage;
}
