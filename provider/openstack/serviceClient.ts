import { abortable } from "../core/abortable";
import { namespace } from "../core/backend";
import type { Clock } from "../core/clock";
import { ApiError, ConnectionError, isTransient, messageOf, UserError } from "../core/errors";
import { HttpClient, type HttpRequest, type HttpResponse } from "../core/http/http";
import type { ServerClock } from "../core/http/serverClock";
import type { Transport } from "../core/http/transport";
import { Witnesses } from "../core/http/witnesses";
import { Experience } from "../core/wait/experience";
import type { Access } from "./access";
import { endpointOf } from "./catalog";
import type { Issued, Keystone } from "./keystone";
import type { ServiceKind } from "./kind";
import { compareVersions, negotiated } from "./microversions";

/** One call of a service. */
export interface ServiceRequest extends HttpRequest {
  /** Below the endpoint, which holds the version and the project, e.g. `/snapshots/1234`. */
  path: string;
  /** Microversion to ask with, e.g. `3.60`; `none`: say nothing of it. Default: the one that was negotiated. */
  microversion?: string;
}

/** A service of a cloud, spoken to with a token of Keystone's. */
export class ServiceClient {
  /** How long operations take on this server. */
  readonly experience = new Experience();
  /** Ids of everything that this process has created. */
  readonly claimed = new Set<string>();
  readonly #http = new Map<string, HttpClient>();
  #latest: HttpClient | undefined;
  #version: Promise<string | undefined> | undefined;

  constructor(
    readonly kind: ServiceKind,
    readonly clock: Clock,
    private readonly access: Access,
    private readonly keystone: Keystone,
    private readonly transport: Transport,
  ) {}

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
    const version = microversion ?? (await this.microversion(request.signal));
    const { service } = this.kind.microversions ?? {};
    const named = service !== undefined && version !== undefined && version !== "none";
    const headers = {
      ...(named ? { "openstack-api-version": `${service} ${version}` } : {}),
      ...request.headers,
    };
    return this.#authorized({ ...request, headers }, (endpoint) => endpoint.pathname + request.path);
  }

  /** The highest microversion that both sides know, asked for once; `undefined` where the service has none. */
  async microversion(signal?: AbortSignal): Promise<string | undefined> {
    this.#version ??= this.#negotiate().catch((error: unknown) => {
      // A failure is not for ever.
      this.#version = undefined;
      throw error;
    });
    return abortable(this.#version, signal);
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
    const has = (await this.microversion(signal)) ?? "none";
    throw new UserError(`${feature} needs ${this.kind.title} microversion ${version}, the server has ${has}`);
  }

  /**
   * Signs in, and finds the service in the catalog; who has a token already asks nothing.
   *
   * @throws ApiError, ConnectionError as {@link request} does
   * @throws UserError where the settings do not name one endpoint of the catalog
   */
  async verify(signal?: AbortSignal): Promise<void> {
    endpointOf(this.kind, this.access, await this.keystone.issued(signal));
  }

  /** Id of the project that the token is for. */
  async projectId(signal?: AbortSignal): Promise<string> {
    return (await this.keystone.issued(signal)).project.id;
  }

  async #negotiate(): Promise<string | undefined> {
    const ours = this.kind.microversions;
    if (ours === undefined) return undefined;
    const endpoint = endpointOf(this.kind, this.access, await this.keystone.issued());
    const [, root = "/", major = "v3"] = /^(.*\/)(v\d+)(?:\.\d+)?(?:\/|$)/.exec(endpoint.pathname) ?? [];
    try {
      // Proxies let the root of a service through less often than its versions.
      const versions = (await this.#versionsAt(root)) ?? (await this.#versionsAt(`${root}${major}/`));
      return negotiated(this.kind, ours, versions, major);
    } catch (error) {
      // It is not the request that waits for this which failed: that was never sent.
      if (isTransient(error)) throw new ConnectionError(`no microversion: ${messageOf(error)}`, false);
      throw error;
    }
  }

  /** @returns `undefined` where there are none */
  async #versionsAt(path: string): Promise<unknown> {
    try {
      return (await this.#authorized({ method: "GET", path, answers: [300] }, () => path)).body;
    } catch (error) {
      if (error instanceof ApiError && [403, 404].includes(error.status)) return undefined;
      throw error;
    }
  }

  async #authorized(request: HttpRequest, path: (endpoint: URL) => string): Promise<HttpResponse> {
    const issued = await this.keystone.issued(request.signal);
    try {
      return await this.#send(request, issued, path);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      if (error.status !== 401) throw this.#explained(error);
      return this.#send(request, await this.keystone.renewed(issued.token, request.signal), path);
    }
  }

  /** Cinder does not say that the project in the address is not that of the token. */
  #explained(error: ApiError): ApiError {
    if (error.status !== 400 || !/malformed request url/i.test(error.reason)) return error;
    const hint = `the address is of another project than the token; check ${namespace}:${this.kind.endpointSetting}`;
    return new ApiError({ ...error, reason: `${error.reason} (${hint})` });
  }

  #send(request: HttpRequest, issued: Issued, path: (endpoint: URL) => string): Promise<HttpResponse> {
    const endpoint = endpointOf(this.kind, this.access, issued);
    const headers = { ...request.headers, "x-auth-token": issued.token };
    return this.#client(endpoint.origin).request({ ...request, path: path(endpoint), headers });
  }

  #client(origin: string): HttpClient {
    const { transport, clock } = this;
    const secrets = () => this.keystone.secrets();
    this.#latest =
      this.#http.get(origin) ??
      new HttpClient({ origin, authorization: () => ({}), transport, clock, secrets });
    this.#http.set(origin, this.#latest);
    return this.#latest;
  }
}
