import { abortable } from "../core/abortable";
import { ApiError, ConnectionError, isTransient, messageOf, UserError } from "../core/errors";
import type { HttpClient } from "../core/http/http";
import type { Access } from "./access";
import { forProject, versionIn } from "./address";
import { addressOf } from "./catalog";
import type { ServiceKind } from "./kind";
import { type Location, type Look, locate } from "./location";
import { versionsOf } from "./microversions";
import type { Issued } from "./token";

/** Where a service was found. */
interface Located {
  /** By which address. */
  address: string;
  /** With which token. */
  token: string;
  /** Whether another token may see more. */
  refused: boolean;
  location: Promise<Location>;
}

/** Where a service of a cloud is, found out when it is first needed, and remembered. */
export class Places {
  #located: Located | undefined;

  /** @param client speaks to an origin */
  constructor(
    private readonly kind: ServiceKind,
    private readonly access: Access,
    private readonly client: (origin: string) => HttpClient,
  ) {}

  /** Where it was found; `undefined` where it has to be looked for. @throws as {@link location} does */
  async known(signal?: AbortSignal): Promise<Location | undefined> {
    const known = this.#located;
    return known && !known.refused ? abortable(known.location, signal) : undefined;
  }

  /** Where a request goes, and with which microversion; who says that itself need not wait for what the service tells. */
  async way(issued: Issued, asked: string | undefined, signal?: AbortSignal) {
    const { major } = this.kind.microversions ?? {};
    const address = addressOf(this.kind, this.access, issued);
    if (major === undefined || (asked !== undefined && versionIn(address.pathname) === major)) {
      return { endpoint: forProject(address, issued.project.id), version: asked };
    }
    const { endpoint, microversion } = await this.location(issued, signal);
    return { endpoint, version: asked ?? microversion };
  }

  /** Looked for once, by many at once too; again where a new token may see more than the last one. */
  async location(issued: Issued, signal?: AbortSignal): Promise<Location> {
    const ours = this.kind.microversions;
    const address = addressOf(this.kind, this.access, issued);
    const { id: project } = issued.project;
    if (ours === undefined) return { endpoint: forProject(address, project), refused: false };
    const known = this.#located;
    if (known?.address === address.href && (!known.refused || known.token === issued.token)) {
      return abortable(known.location, signal);
    }
    const { kind } = this;
    const asked = this.access.service.microversion;
    const location = locate({ kind, ours, address, project, asked }, (path) =>
      this.#look(address, path, issued),
    );
    const located: Located = { address: address.href, token: issued.token, refused: false, location };
    this.#located = located;
    located.location = location.then(
      (found) => {
        located.refused = found.refused;
        return found;
      },
      (error: unknown) => {
        // A failure is not for ever.
        if (this.#located === located) this.#located = undefined;
        // It is not the request that waits for this which failed: that was never sent.
        throw isTransient(error) ? new ConnectionError(`no microversion: ${messageOf(error)}`, false) : error;
      },
    );
    return abortable(located.location, signal);
  }

  /** Asks for a document of versions. Whatever else is there does not keep anybody from working. */
  async #look({ origin }: URL, path: string, { token }: Issued): Promise<Look> {
    const line = `GET ${origin}${path}`;
    try {
      const request = { method: "GET", path, answers: [300], anyText: true } as const;
      const { body } = await this.client(origin).request({ ...request, headers: { "x-auth-token": token } });
      const versions = versionsOf(body);
      return versions ? { versions } : { missing: `${line} answered without a list of versions` };
    } catch (error) {
      if (isTransient(error)) return { missing: messageOf(error), failure: error };
      if (error instanceof ApiError) {
        return { missing: `${line} answered ${error.status}`, refused: error.status === 401 };
      }
      if (error instanceof UserError || error instanceof ConnectionError) return { missing: error.message };
      throw error;
    }
  }
}
