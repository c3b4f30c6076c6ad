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
import { secretsOf } from "./credentials";
import { isOfMajor, linked, versionsOf } from "./microversions";
import type { Project } from "./scope";
import { describe, remedies, titleOf } from "./signingIn";
import { type Answered, type Issued, tokenAnswer } from "./token";
import { tokenRequest } from "./tokenRequest";
import { keystoneUnreached } from "./unreached";

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
  /** The path of its version 3. */
  #root: string;
  /** Keystone's own clock, by the times at which it issued tokens. No proxy sets those. */
  readonly issueClock: ServerClock;
  #current: Issued | undefined;
  #pending: Promise<Issued> | undefined;

  constructor(access: Access, transport: Transport, clock: Clock) {
    this.#access = access;
    this.#root = access.authUrl.pathname;
    this.issueClock = new ServerClock(clock);
    this.#secrets = new Set(secretsOf(access.credentials));
    this.#http = new HttpClient({
      origin: access.authUrl.origin,
      authorization: () => ({}),
      transport,
      clock,
      secrets: () => this.secrets(),
      unreached: keystoneUnreached(access),
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
    const answer = await this.#ask();
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

  /** Asks for a token, where Keystone's own document of versions says, if there is no Keystone where it is usual. */
  async #ask(): Promise<HttpResponse> {
    const body = tokenRequest(this.#access);
    const ask = () => this.#http.request({ method: "POST", path: this.#path, body, repeatable: true });
    try {
      return await ask();
    } catch (error) {
      const elsewhere = error instanceof ApiError && (error.status === 404 || error.status < 400);
      if (!elsewhere || !(await this.#moved())) throw error;
      return ask();
    }
  }

  /** Whether the document at the address of Keystone has v3 at another path of this origin, which is used then. */
  async #moved(): Promise<boolean> {
    const path = this.#access.authUrl.pathname.replace(/v3$/, "");
    const request = { method: "GET", path, answers: [300], anyText: true } as const;
    const answer = await this.#http.request(request).catch(() => undefined);
    const version = versionsOf(answer?.body)?.find((each) => isOfMajor(each, "v3"));
    if (version === undefined) return false;
    const { pathname } = linked(version, new URL(path, this.#access.authUrl), this.#root);
    if (pathname === this.#root) return false;
    this.#root = pathname;
    return true;
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
    return `${this.#root}/auth/tokens`;
  }

  #read({ body }: HttpResponse, token: string): Answered {
    if (token) this.#secrets.add(token);
    const parsed = tokenAnswer.safeParse(body);
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
    if (error instanceof ConnectionError)
      return new ConnectionError(`no token: ${error.message}`, false, error);
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

/** Whether a token's project is the one that is asked for; none asked for: any. */
function isOf(actual: Answered["project"], asked: Project | undefined): boolean {
  if (asked === undefined) return true;
  if (!actual) return false;
  if ("id" in asked) return actual.id === asked.id;
  const { domain } = asked;
  const same = "id" in domain ? actual.domain?.id === domain.id : actual.domain?.name === domain.name;
  return actual.name === asked.name && same;
}
