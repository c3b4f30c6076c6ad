import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { type ScriptedServer, type Seen, type Step, scripted } from "./scriptedServer";
import { SkippingClock } from "./skippingClock";

const folder = join(__dirname, "../recordings/cinder");
const files = readdirSync(folder);

/** One exchange with a real Keystone or Cinder. */
export interface Recording {
  request: { method: string; path: string; body: unknown };
  response: { status: number; headers: Record<string, string>; body: unknown };
}

/** @param number as in the name of the file, e.g. `003` */
export function recording(number: string): Recording {
  const file = files.find((name) => name.startsWith(`${number}-`)) ?? "";
  return JSON.parse(readFileSync(join(folder, file), "utf8"));
}

/** The project of the user `demo` in the recordings. */
export const demoProject = "6f053bb219cc4d02969c9977002aca03";
/** The user `demo` in the recordings. */
export const demoUser = "cec16b83cb6044f888bb43fc14739488";
/** Its password, and the secret of its application credential. */
export const [demoPassword, appSecret] = ["demo-secret", "ci-app-secret"];
/** The application credential of the recordings. */
export const appCredential = "64b8324dd8044e3b997a034a43a420f5";

/** What the settings of `demo` are, but for `authUrl`. */
export const demoSettings = { username: "demo", password: demoPassword, projectName: "demo" };

/**
 * A Keystone and a Cinder on one port, which answer as the recordings do. Tokens end, and can be revoked; what Cinder
 * says beside its versions is up to the test.
 */
export class CloudStage {
  readonly clock: SkippingClock;
  /** Tokens that are good, newest last. */
  readonly tokens: string[] = [];
  /** Every token that was ever issued. */
  readonly issued: string[] = [];
  lifetimeMs = 3_600_000;
  /** When Keystone says that it issues a token, in ms since the epoch. */
  issuesAt: () => number = () => this.clock.now();
  /** Cinder, for who comes with a good token. */
  service: (seen: Seen) => Step = () => ({ status: 200, body: { snapshots: [] } });
  /** Goes before everything; `undefined` lets a request pass. */
  before: (seen: Seen) => Step | undefined = () => undefined;
  #server: Pick<ScriptedServer, "origin" | "requests" | "close"> | undefined;

  constructor(clock = new SkippingClock()) {
    this.clock = clock;
  }

  /** @param tls key and certificate, PEM, for https */
  async open(tls?: { key: string; cert: string }): Promise<this> {
    const answer = (seen: Seen) => this.#dated(this.before(seen) ?? this.#answer(seen));
    this.#server = await scripted(answer, tls ? { tls } : {});
    return this;
  }

  /** Has it answer at an address, without a port: by {@link CloudStage.answer} alone. */
  openAt(origin: string): this {
    this.#server = { origin, requests: [], close: async () => undefined };
    return this;
  }

  /** The answer to a request, which is noted. */
  answer(seen: Seen): Step {
    this.requests.push(seen);
    return this.#dated(this.before(seen) ?? this.#answer(seen));
  }

  get origin(): string {
    return this.#server?.origin ?? "";
  }

  get authUrl(): string {
    return `${this.origin}/v3`;
  }

  get requests(): Seen[] {
    return this.#server?.requests ?? [];
  }

  /** The requests that asked for a token. */
  get signIns(): Seen[] {
    return this.requests.filter(({ method, url }) => method === "POST" && url === "/v3/auth/tokens");
  }

  /** Ends every token before its time. */
  revoke(): void {
    this.tokens.length = 0;
  }

  close(): Promise<void> | undefined {
    return this.#server?.close();
  }

  /** The answer of a recording, its addresses those of this stage. */
  replay(number: string, change: (body: string) => string = (body) => body): Step {
    const { status, headers, body } = recording(number).response;
    const id = headers["x-openstack-request-id"] ?? headers["X-Openstack-Request-Id"] ?? "";
    const moved = JSON.stringify(body).replaceAll(/http:\/\/127\.0\.0\.1:1(5000|8776)/g, this.origin);
    return { status, headers: { "x-openstack-request-id": id }, body: change(moved) };
  }

  #answer(seen: Seen): Step {
    const asked = String(seen.headers["x-auth-token"] ?? "");
    if (seen.url === "/v3/auth/tokens") {
      if (seen.method === "POST") return this.#signIn(seen);
      const subject = String(seen.headers["x-subject-token"] ?? "");
      if (!this.tokens.includes(subject)) return notFound;
      return this.#token("003", subject);
    }
    if (!this.tokens.includes(asked)) return this.replay("038");
    return seen.url === "/" ? this.replay("017") : this.service(seen);
  }

  #signIn(seen: Seen): Step {
    const body: unknown = JSON.parse(seen.body);
    const methods = (body as { auth?: { identity?: { methods?: string[] } } }).auth?.identity?.methods ?? [];
    if (methods[0] === "token") {
      const { token } = (body as { auth: { identity: { token: { id: string } } } }).auth.identity;
      return this.tokens.includes(token.id) ? this.#issue("008") : this.replay("009");
    }
    const known = ["003", "004", "006", "008", "009", "010", "011", "012"].find((number) =>
      isDeepStrictEqual(withDefault(recording(number).request.body), withDefault(body)),
    );
    const found = known === undefined ? undefined : recording(known);
    if (known === undefined) return this.replay("009");
    return found?.response.status === 201 ? this.#issue(known) : this.replay(known);
  }

  #issue(number: string): Step {
    const token = `gAAAAA-token-${this.issued.length + 1}-of-the-stage`;
    this.tokens.push(token);
    this.issued.push(token);
    return this.#token(number, token);
  }

  #token(number: string, token: string): Step {
    const [issued, expires] = [this.issuesAt(), this.clock.now() + this.lifetimeMs].map((at) => {
      return new Date(at).toISOString();
    });
    const step = this.replay(number, (body) =>
      body
        .replace(/"expires_at":"[^"]*"/, `"expires_at":"${expires}"`)
        .replace(/"issued_at":"[^"]*"/, `"issued_at":"${issued}"`),
    );
    if (typeof step === "string") return step;
    return { ...step, headers: { ...step.headers, "x-subject-token": token } };
  }

  #dated(step: Step): Step {
    if (typeof step === "string") return step;
    return { ...step, headers: { date: new Date(this.clock.now()).toUTCString(), ...step.headers } };
  }
}

const notFound: Step = {
  status: 404,
  headers: { "x-openstack-request-id": "req-token-unknown" },
  body: { error: { code: 404, message: "Could not find token: [secret]", title: "Not Found" } },
};

/** The default domain by id and by name is the same. */
function withDefault(body: unknown): unknown {
  return JSON.parse(
    JSON.stringify(body).replaceAll('"domain":{"id":"default"}', '"domain":{"name":"Default"}'),
  );
}
