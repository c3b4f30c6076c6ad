import { z } from "zod";
import { abortable } from "../core/abortable";
import { namespace, wrongSetting } from "../core/backend";
import type { Clock } from "../core/clock";
import { ApiError, ConnectionError } from "../core/errors";
import { HttpClient, type HttpResponse } from "../core/http/http";
import { unsendable } from "../core/http/sendable";
import { ServerClock } from "../core/http/serverClock";
import type { Transport } from "../core/http/transport";
import { timestampOf } from "../core/values";
import type { Access } from "./access";
import { type Credentials, secretsOf } from "./credentials";
import type { Project } from "./scope";
import { describe, remedies, titleOf } from "./signingIn";

const named = z.object({ id: z.string(), name: z.string().nullish() });

const endpointFields = z.object({
  interface: z.string(),
  region: z.string().nullish(),
  region_id: z.string().nullish(),
  url: z.string(),
});

const serviceFields = z.object({
  type: z.string(),
  name: z.string().nullish(),
  endpoints: z.array(endpointFields).nullish(),
});

const tokenFields = z.object({
  issued_at: z.string().nullish(),
  expires_at: z.string().nullish(),
  user: named,
  project: named.extend({ domain: named.nullish() }).nullish(),
  catalog: z.array(serviceFields).nullish(),
});

/** A service of the catalog, as Keystone sends it with a token. */
export type CatalogService = z.output<typeof serviceFields>;

/** A token and what it is good for. */
export interface Issued {
  token: string;
  /** Its end, in ms since the epoch by the server's clock; without one: never. */
  expires: number;
  /** When to get the next one, in the same time. */
  renewAt: number;
  project: { id: string };
  catalog: readonly CatalogService[];
}

/** What Keystone says of a token, which need not be for a project. */
type Answered = Omit<Issued, "project"> & {
  /** When it was issued, in ms since the epoch; NaN where it does not say. */
  at: number;
  project: z.output<typeof tokenFields>["project"];
};

/** So long before its end a token is replaced, so that no request meets its end on the way; a short one sooner. */
const renewBeforeMs = 60_000;
const renewBeforeShare = 0.1;

/**
 * Signs in at Keystone v3 and keeps the token: one for all who use the same credentials, got when it is first needed,
 * again shortly before it ends, and when a service refuses it.
 */
export class Keystone {
  readonly #http: HttpClient;
  readonly #access: Access;
  readonly #secrets: Set<string>;
  /** Keystone's own clock, by the times at which it issued tokens. No proxy sets those. */
  readonly issueClock: ServerClock;
  #current: Issued | undefined;
  #pending: Promise<Issued> | undefined;

  constructor(access: Access, transport: Transport, clock: Clock) {
    this.#access = access;
    this.issueClock = new ServerClock(clock);
    this.#secrets = new Set(secretsOf(access.credentials));
    this.#http = new HttpClient({
      origin: access.authUrl.origin,
      authorization: () => ({}),
      transport,
      clock,
      secrets: () => this.secrets(),
    });
  }

  /** Every credential, and every token that was issued for them. */
  secrets(): readonly string[] {
    return [...this.#secrets];
  }

  /**
   * A token that is good for now.
   *
   * @throws ApiError where Keystone refuses the credentials
   * @throws ConnectionError where it does not answer; nothing was sent to any service by then
   * @throws UserError where the settings cannot be right
   */
  issued(signal?: AbortSignal): Promise<Issued> {
    if (this.#current && this.#current.renewAt > this.#http.serverClock.now())
      return Promise.resolve(this.#current);
    this.#pending ??= this.#signIn().finally(() => (this.#pending = undefined));
    return abortable(this.#pending, signal);
  }

  /** A token in place of one that was refused; many may ask at once, one is got. */
  renewed(refused: string, signal?: AbortSignal): Promise<Issued> {
    if (this.#current?.token === refused) this.#current = undefined;
    return this.issued(signal);
  }

  async #signIn(): Promise<Issued> {
    try {
      this.#current = await this.#obtain();
      return this.#current;
    } catch (error) {
      const explained = this.#explained(error);
      const still = this.#current;
      // While Keystone is away, what is left of a token is still good.
      const away = explained instanceof ConnectionError;
      if (away && still && still.expires > this.#http.serverClock.now()) return still;
      throw explained;
    }
  }

  async #obtain(): Promise<Issued> {
    const { credentials, project, trust } = this.#access;
    if (credentials.method === "token" && trust === undefined) {
      const given = this.#read(await this.#look(credentials.token), credentials.token);
      if (given.project && isOf(given.project, project)) return this.#scoped(given);
      if (project === undefined) {
        throw wrongSetting("token", `the token is for no project: set ${namespace}:projectName too`);
      }
    }
    const answer = await this.#http.request({
      method: "POST",
      path: this.#path,
      body: { auth: { identity: identityOf(credentials), ...scopeOf(this.#access) } },
      repeatable: true,
    });
    const issued = this.#read(answer, String(answer.headers["x-subject-token"] ?? ""));
    this.issueClock.note(issued.at);
    if (!isOf(issued.project, project)) {
      throw wrongSetting(
        "projectName",
        `the application credential is bound to the project ` +
          `"${issued.project?.name ?? issued.project?.id}", not to ${project && titleOf(project)}`,
      );
    }
    return this.#scoped(issued);
  }

  /** Asks about a token that was given from outside. */
  #look(token: string): Promise<HttpResponse> {
    return this.#http.request({
      method: "GET",
      path: this.#path,
      headers: { "x-auth-token": token, "x-subject-token": token },
    });
  }

  get #path(): string {
    return `${this.#access.authUrl.pathname}/auth/tokens`;
  }

  #read({ body }: HttpResponse, token: string): Answered {
    if (token) this.#secrets.add(token);
    const parsed = z.object({ token: tokenFields }).safeParse(body);
    if (!parsed.success || !token) {
      throw wrongSetting("authUrl", `what answers at ${this.#access.authUrl.href} is no Keystone v3`);
    }
    const { issued_at, expires_at, project, catalog } = parsed.data.token;
    const wrong = unsendable(token) ?? unsendable(project?.id ?? "");
    if (wrong !== undefined)
      throw wrongSetting("authUrl", `Keystone gives a token that cannot be used: ${wrong}`);
    const now = this.#http.serverClock.now();
    const end = Date.parse(expires_at ?? "");
    const expires = Number.isNaN(end) ? Number.POSITIVE_INFINITY : end;
    const renewAt = expires - Math.min(renewBeforeMs, (expires - now) * renewBeforeShare);
    const at = timestampOf(issued_at ?? "") ?? Number.NaN;
    return { token, at, expires, renewAt, project, catalog: catalog ?? [] };
  }

  #scoped({ project, at: _at, ...issued }: Answered): Issued {
    if (!project) {
      throw wrongSetting("projectName", "the token is for no project: name one");
    }
    return { ...issued, project };
  }

  /** What a failure to sign in means to who waits for an answer of another service. */
  #explained(error: unknown): unknown {
    if (error instanceof ConnectionError) return new ConnectionError(`no token: ${error.message}`, false);
    if (!(error instanceof ApiError)) return error;
    const { credentials, source, authUrl } = this.#access;
    if (error.status >= 500 || error.status === 429)
      return new ConnectionError(`no token: ${error.message}`, false);
    if (error.status === 404 && credentials.method !== "token") {
      return wrongSetting("authUrl", `there is no Keystone v3 at ${authUrl.href}: ${error.message}`);
    }
    const who = `signing in at ${authUrl.href} ${describe(credentials, this.#access)}; settings: ${source}`;
    // A token that is over is a 404 to who asks about it; a 404 may not pass for "there is no such object".
    const status = error.status === 404 ? 401 : error.status;
    const remedy = status === 401 ? `. ${remedies[credentials.method]}` : "";
    return new ApiError({ ...error, status, reason: `${error.reason} (${who})${remedy}` });
  }
}

function identityOf(credentials: Credentials): Record<string, unknown> {
  switch (credentials.method) {
    case "password": {
      const { user, password } = credentials;
      return { methods: ["password"], password: { user: { ...user, password } } };
    }
    case "applicationCredential": {
      const { method: _method, ...rest } = credentials;
      return { methods: ["application_credential"], application_credential: rest };
    }
    case "token":
      return { methods: ["token"], token: { id: credentials.token } };
  }
}

/** Keystone refuses a scope with an application credential, which is bound to one. */
function scopeOf({ credentials, project, trust }: Access): Record<string, unknown> {
  if (credentials.method === "applicationCredential") return {};
  if (trust !== undefined) return { scope: { "OS-TRUST:trust": { id: trust } } };
  return project === undefined ? {} : { scope: { project } };
}

/** Whether a token's project is the one that is asked for; none asked for: any. */
function isOf(actual: z.output<typeof tokenFields>["project"], asked: Project | undefined): boolean {
  if (asked === undefined) return true;
  if (!actual) return false;
  if ("id" in asked) return actual.id === asked.id;
  const { domain } = asked;
  const same = "id" in domain ? actual.domain?.id === domain.id : actual.domain?.name === domain.name;
  return actual.name === asked.name && same;
}
