import type { Surroundings } from "../core/backend";
import { parseBaseUrl } from "../core/http/origin";
import { type ClientCertificate, readClientCertificate, readPem } from "./certificates";
import { type Credentials, readCredentials } from "./credentials";
import { type Gathered, gather } from "./gather";
import type { ServiceKind } from "./kind";
import { type Interface, interfacesOf, type Overrides, overridesOf } from "./overrides";
import { type Project, readScope } from "./scope";
import type { OpenStackSettings } from "./settings";

/** Everything that is needed to reach a cloud, checked. */
export interface Access {
  /** Root of Keystone's API, e.g. `https://cloud.example.com:5000/v3`. */
  authUrl: URL;
  credentials: Credentials;
  /** The project to work in; absent: the one that the credentials, or the trust, are bound to. */
  project?: Project | undefined;
  /** The trust to act by, instead of a project. */
  trust?: string | undefined;
  region?: string | undefined;
  /** The interfaces of the catalog, the one to take first first. */
  interfaces: readonly Interface[];
  /** What else the cloud says of the service. */
  service: Pick<Overrides, "type" | "name" | "microversion">;
  /** Addresses that are used instead of the catalog's. */
  endpoints: Pick<OpenStackSettings, "blockStorageEndpoint" | "workloadsEndpoint">;
  /** The certificate authority to trust, PEM. */
  ca?: string | undefined;
  /** The certificate to show to servers that ask for one, and its private key, PEM. */
  client?: ClientCertificate | undefined;
  /** Accept any certificate, and plain http to any host. */
  insecure: boolean;
  /** Where the settings come from, for messages. */
  source: string;
}

/**
 * Puts the stack's configuration, clouds.yaml and the environment together, and checks the result.
 *
 * @throws UserError naming each setting that is wrong or missing, and where it can be set
 */
export function readAccess(stack: OpenStackSettings, where: Surroundings, kind: ServiceKind): Access {
  const set = Object.entries(stack).filter(([, value]) => value !== undefined && value !== "");
  const own: OpenStackSettings = Object.fromEntries(set);
  const gathered = gather(own, where);
  const { settings, source } = gathered;
  const insecure = settings.insecure === "true";
  const scope = readScope(gathered);
  const credentials = readCredentials(gathered);
  const { interfaces, region, ...service } = overridesOf(kind, gathered.keys, gathered.named);
  return {
    authUrl: readAuthUrl(gathered, insecure),
    credentials,
    ...scope,
    // What a cloud says of one service is nearer than what it says of all, but not than the stack.
    region: own.region ?? region ?? settings.region,
    interfaces:
      own.interface === undefined && interfaces ? interfaces : interfacesOf(settings.interface, source),
    service,
    endpoints: readEndpoints(gathered, insecure),
    ca: readPem("cacert", gathered, where),
    client: readClientCertificate(gathered, where),
    insecure,
    source,
  };
}

/** People give the address of Keystone with and without its version, some with that of long ago. */
function readAuthUrl({ settings, wrong }: Gathered, insecure: boolean): URL {
  // That there is one was checked with the credentials.
  const url = parseBaseUrl((reason) => wrong("authUrl", reason), settings.authUrl ?? "", insecure);
  url.pathname = `${url.pathname.replace(/\/+$/, "").replace(/\/v[23](\.\d+)?$/, "")}/v3`;
  return url;
}

function readEndpoints({ settings, wrong }: Gathered, insecure: boolean): Access["endpoints"] {
  const { blockStorageEndpoint, workloadsEndpoint } = settings;
  for (const name of ["blockStorageEndpoint", "workloadsEndpoint"] as const) {
    const address = settings[name];
    if (address !== undefined) parseBaseUrl((reason) => wrong(name, reason), address, insecure);
  }
  return { blockStorageEndpoint, workloadsEndpoint };
}
