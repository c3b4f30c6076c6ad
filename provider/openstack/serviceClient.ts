import { namespace } from "../core/backend";
import type { Clock } from "../core/clock";
import { ApiError, UserError } from "../core/errors";
import { HttpClient, type HttpRequest, type HttpResponse } from "../core/http/http";
import { overQuota } from "../core/http/overQuota";
import type { ServerClock } from "../core/http/serverClock";
import type { Transport } from "../core/http/transport";
import { Witnesses } from "../core/http/witnesses";
import { Experience } from "../core/wait/experience";
import type { Access } from "./access";
import { addressOf } from "./catalog";
import type { Keystone } from "./keystone";
import type { ServiceKind } from "./kind";
import type { Location } from "./location";
import { compareVersions } from "./microversions";
import { Places } from "./places";
import type { Issued } from "./token";
import { serviceUnreached } from "./unreached";

/** One call of a service. */
export interface ServiceRequest extends HttpRequest {
  /** Below the endpoint, which holds the version and the project, e.g. `/snapshots/1234`. */
  path: string;
  /** Microversion to ask with, e.g. `3.60`; `none`: say nothing of it. Default: the one that was negotiated. */
  microversion?: string;
}

/** Where a request goes. */
interface Way {
  origin: string;
  path: string;
  headers: Record<string, string>;
}

/** A service of a cloud, spoken to with a token of Keystone's. */
export class ServiceClient {
  /** How long operations take on this server. */
  readonly experience = new Experience();
  /** Ids of everything that this process has created. */
  readonly claimed = new Set<string>();
  readonly #http = new Map<string, HttpClient>();
  #latest: HttpClient | undefined;
  readonly #places: Places;

  constructor(
    readonly kind: ServiceKind,
    readonly clock: Clock,
    private readonly access: Access,
    private readonly keystone: Keystone,
    private readonly transport: Transport,
  ) {
    this.#places = new Places(kind, access, (origin) => this.#client(origin));
  }

  /** The service's clock; absent before its first answer. */
  get serverClock(): ServerClock | undefined {
    return this.#latest?.serverClock;
  }

  /** The service's time, as well as it is known, in milliseconds since the epoch. */
  now(): number {
    return this.serverClock?.now() ?? this.clock.now();
  }

  /** Every clock that tells what is over. @param ask has the service answer something */
  witnesses(ask: () => Promise<unknown>): Witnesses {
    return new Witnesses({
      title: this.kind.title,
      local: this.clock,
      service: () => this.serverClock,
      others: { Keystone: this.keystone.issueClock },
      ask,
    });
  }

  /**
   * Sends a request with a token. Repeats as {@link HttpClient} does; where the token is refused, it is renewed and
   * the request sent once more, a write too: who refuses a token has carried nothing out.
   *
   * @throws ApiError, ConnectionError as {@link HttpClient} does, also for what goes wrong at Keystone
   */
  async request({ microversion, ...request }: ServiceRequest): Promise<HttpResponse> {
    const { signal } = request;
    return this.#authorized(request, async (issued) => {
      const { endpoint, version } = await this.#places.way(issued, microversion, signal);
      const { service } = this.kind.microversions ?? {};
      const named = service !== undefined && version !== undefined && version !== "none";
      return {
        origin: endpoint.origin,
        path: endpoint.pathname + request.path,
        headers: {
          ...(named ? { "openstack-api-version": `${service} ${version}` } : {}),
          ...request.headers,
        },
      };
    });
  }

  /** The microversion that is asked with, looked for once; `undefined` where the service has, or tells, none. */
  async microversion(signal?: AbortSignal): Promise<string | undefined> {
    if (this.kind.microversions === undefined) return undefined;
    return (await this.#place(signal)).microversion;
  }

  /** Whether the negotiated microversion is at least this one. */
  async knows(version: string, signal?: AbortSignal): Promise<boolean> {
    const negotiated = await this.microversion(signal);
    return negotiated !== undefined && compareVersions(negotiated, version) >= 0;
  }

  /**
   * @param feature what needs it, e.g. `reverting to a snapshot`
   * @throws UserError where the server does not know the microversion
   */
  async require(version: string, feature: string, signal?: AbortSignal): Promise<void> {
    if (await this.knows(version, signal)) return;
    const { microversion, untold } = await this.#place(signal);
    const has = untold
      ? `the server does not tell its own (${untold})`
      : `the server has ${microversion ?? "none"}`;
    throw new UserError(`${feature} needs ${this.kind.title} microversion ${version}, ${has}`);
  }

  /**
   * Signs in, and finds the service in the catalog; who has a token already asks nothing.
   *
   * @throws ApiError, ConnectionError as {@link request} does
   * @throws UserError where the settings do not name one endpoint of the catalog
   */
  async verify(signal?: AbortSignal): Promise<void> {
    addressOf(this.kind, this.access, await this.keystone.issued(signal));
  }

  /** Id of the project that the token is for. */
  async projectId(signal?: AbortSignal): Promise<string> {
    return (await this.keystone.issued(signal)).project.id;
  }

  async #place(signal?: AbortSignal): Promise<Location> {
    const known = await this.#places.known(signal);
    return known ?? this.#places.location(await this.keystone.issued(signal), signal);
  }

  async #authorized(request: HttpRequest, way: (issued: Issued) => Promise<Way>): Promise<HttpResponse> {
    const issued = await this.keystone.issued(request.signal);
    try {
      return await this.#send(request, issued, await way(issued));
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      if (error.status !== 401) throw this.#explained(error);
      const renewed = await this.keystone.renewed(issued.token, request.signal);
      return this.#send(request, renewed, await way(renewed));
    }
  }

  /** Cinder does not say that the project in the address is not that of the token, nor what helps over a quota. */
  #explained(error: ApiError): unknown {
    if (error.status !== 400 || !/malformed request url/i.test(error.reason))
      return overQuota(error, "an administrator of the cloud");
    const hint = `the address is of another project than the token; check ${namespace}:${this.kind.endpointSetting}`;
    return new ApiError({ ...error, reason: `${error.reason} (${hint})` });
  }

  #send(request: HttpRequest, { token }: Issued, { origin, path, headers }: Way): Promise<HttpResponse> {
    return this.#client(origin).request({ ...request, path, headers: { ...headers, "x-auth-token": token } });
  }

  #client(origin: string): HttpClient {
    const { transport, clock } = this;
    this.#latest =
      this.#http.get(origin) ??
      new HttpClient({
        origin,
        authorization: () => ({}),
        transport,
        clock,
        secrets: () => this.keystone.secrets(),
        unreached: serviceUnreached(this.kind, this.access),
      });
    this.#http.set(origin, this.#latest);
    return this.#latest;
  }
}
