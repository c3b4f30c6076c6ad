import { createHash } from "node:crypto";
import { ownSurroundings, type Surroundings } from "../core/backend";
import type { Clock } from "../core/clock";
import { type Network, type Transport, undiciTransport } from "../core/http/transport";
import type { Properties } from "../core/resource/lifecycle";
import { type Access, readAccess } from "./access";
import { Keystone } from "./keystone";
import type { ServiceKind } from "./kind";
import { ServiceClient } from "./serviceClient";
import type { OpenStackSettings } from "./settings";

export type { ServiceKind } from "./kind";

/**
 * A client of a service. Reads settings, files and environment; sends nothing.
 *
 * @param settings those of `openstackSettings`
 * @throws UserError for what is wrong or missing in them
 */
export function connectService(
  settings: Properties,
  clock: Clock,
  kind: ServiceKind,
  where: Surroundings = ownSurroundings(),
): ServiceClient {
  const access = readAccess(settings as OpenStackSettings, where, kind);
  const { keystone, transport } = sharedBy(access, clock, where.network);
  return new ServiceClient(kind, clock, access, keystone, transport);
}

interface Shared {
  keystone: Keystone;
  transport: Transport;
}

/** All that signed in so far, by what they signed in with; a clock of its own, as tests have, shares with none. */
const sessions = new WeakMap<Clock, Map<string, Shared>>();

/** Who uses the same credentials uses the same token and the same connections. */
function sharedBy(access: Access, clock: Clock, network?: Network): Shared {
  const { authUrl, credentials, project, trust, ca, client, insecure } = access;
  const key = createHash("sha256")
    .update(JSON.stringify([authUrl.href, credentials, project, trust, ca, client, insecure]))
    .digest("hex");
  const known = sessions.get(clock) ?? new Map<string, Shared>();
  sessions.set(clock, known);
  let shared = known.get(key);
  if (shared === undefined) {
    const transport = undiciTransport({ ca, client, unverified: insecure }, network);
    shared = { transport, keystone: new Keystone(access, transport, clock) };
    known.set(key, shared);
  }
  return shared;
}
