import { HttpClient } from "../../provider/core/http/http";
import { undiciTransport } from "../../provider/core/http/transport";
import type { ScriptedServer } from "./scriptedServer";
import { SkippingClock } from "./skippingClock";

/** The credential of all tests; it must never be seen in an error. */
export const token = "0123456789abcdef0123456789abcdef01234567";

/** A client of a scripted server, whose pauses are over at once. */
export function clientOf(
  { origin }: Pick<ScriptedServer, "origin">,
  clock = new SkippingClock(),
  ca?: string,
) {
  const http = new HttpClient({
    origin,
    authorization: () => ({ authorization: `Token ${token}` }),
    transport: undiciTransport({ ca }),
    clock,
    secrets: () => [token],
  });
  return { http, clock };
}
