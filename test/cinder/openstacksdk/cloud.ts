import { type ScriptedServer, type Seen, type Step, scripted } from "../../support/scriptedServer";
import type { Answer, Case, CatalogEntry } from "./entry";

/** The project that every token is for which asks for none by its id. */
const project = "6f053bb219cc4d02969c9977002aca03";

/** The usual catalog: one region, with an address of its own for each interface. */
const usualCatalog: readonly CatalogEntry[] = [
  {
    type: "block-storage",
    name: "cinder",
    endpoints: ["public", "internal", "admin"].map((kind) => ({
      url: `$BASE/${kind}/volume/v3/${project}`,
      interface: kind,
    })),
  },
];

/**
 * A cloud for each case on one port, below a path of its own: a Keystone that takes any credentials, and a Cinder whose
 * documents of versions are wherever `/volume` ends a path.
 */
export class Clouds {
  private constructor(
    private readonly cases: readonly Case[],
    private readonly server: ScriptedServer,
  ) {}

  static async open(cases: readonly Case[]): Promise<Clouds> {
    let clouds: Clouds | undefined;
    const server = await scripted((seen) => clouds?.answer(seen) ?? { status: 503 });
    clouds = new Clouds(cases, server);
    return clouds;
  }

  /** Where the cloud of a case is. */
  base(index: number): string {
    return `${this.server.origin}/${index}`;
  }

  /** Puts the address of a case's cloud where `$BASE` is, with https where `$SECURE` is. */
  filled(index: number, text: string): string {
    const base = this.base(index);
    return text.replaceAll("$BASE", base).replaceAll("$SECURE", base.replace("http:", "https:"));
  }

  /** What was asked of a case's cloud. @param agent how the one who asked names himself */
  asked(index: number, agent: RegExp): Pick<Answer, "signIn" | "volumes" | "microversion"> {
    const prefix = `/${index}/`;
    const own = this.server.requests.filter(
      ({ url, headers }) => url.startsWith(prefix) && agent.test(headers["user-agent"] ?? ""),
    );
    const signIn = own.find(({ method }) => method === "POST");
    const volumes = own.find(({ url }) => url.endsWith("/volumes"));
    return {
      signIn: signIn && { path: signIn.url.slice(prefix.length - 1), auth: JSON.parse(signIn.body).auth },
      microversion: volumes?.headers["openstack-api-version"]?.toString(),
      volumes: volumes?.url.slice(prefix.length - 1).replace(`/${project}/`, "/"),
    };
  }

  close(): Promise<void> {
    return this.server.close();
  }

  private answer(seen: Seen): Step {
    const [, number = "", path = ""] = /^\/(\d+)(.*)$/.exec(seen.url) ?? [];
    const index = Number(number);
    const here = this.cases[index];
    if (here === undefined) return { status: 404, body: {} };
    const own = here.answers?.[path];
    if (own !== undefined) return JSON.parse(this.filled(index, JSON.stringify(own)));
    const keystone = `${this.base(index)}/identity/v3/`;
    if (path.endsWith("/auth/tokens")) return this.token(index, here, JSON.parse(seen.body));
    if (path.startsWith("/identity")) return versions("v3.14", keystone);
    if (path.endsWith("/volumes")) return { status: 200, body: { volumes: [] } };
    const [, root] = /^(.*\/volume)\/(?:v3\/)?$/.exec(path.endsWith("/") ? path : `${path}/`) ?? [];
    if (root === undefined) return { status: 404, body: { message: "not here" } };
    return versions("v3.0", `${this.base(index)}${root}/v3/`, { version: "3.71", min_version: "3.0" });
  }

  private token(index: number, { catalog = usualCatalog }: Case, { auth }: { auth: Auth }): Step {
    const { scope, identity } = auth;
    const { id = project, name = "demo", domain: given } = scope?.project ?? {};
    const scoped = scope?.project || scope?.["OS-TRUST:trust"] || identity.application_credential;
    const services = catalog.map(({ type, name, endpoints }) => ({
      type,
      ...(name ? { name } : {}),
      endpoints: endpoints.map(({ url, interface: kind = "public", region = "RegionOne" }) => {
        return { url: this.filled(index, url), interface: kind, region, region_id: region };
      }),
    }));
    const domain = { id: "default", name: "Default" };
    const token = {
      methods: identity.methods,
      user: { id: "cec16b83cb6044f888bb43fc14739488", name: "u", domain },
      issued_at: "2026-01-01T00:00:00.000000Z",
      expires_at: "2099-01-01T00:00:00.000000Z",
      ...(scoped ? { project: { id, name, domain: { ...domain, ...given } } } : {}),
      catalog: services,
    };
    return { status: 201, headers: { "x-subject-token": "gAAAAA-of-the-case" }, body: { token } };
  }
}

/** The parts of a request for a token that are looked at. */
interface Auth {
  identity: { methods: string[]; application_credential?: unknown };
  scope?: { project?: { id?: string; name?: string; domain?: object }; "OS-TRUST:trust"?: unknown };
}

function versions(id: string, href: string, more: Record<string, string> = {}): Step {
  const links = [{ rel: "self", href }];
  return { status: 300, body: { versions: [{ id, status: "CURRENT", ...more, links }] } };
}
