import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { isAbsolute, join } from "node:path";
import { type Surroundings, wrongSetting } from "../core/backend";
import { messageOf } from "../core/errors";
import { parseBaseUrl } from "../core/http/origin";
import { type Credentials, type Project, readCredentials, readProject } from "./credentials";
import { type Gathered, gather } from "./gather";
import { interfaceSpellings, type OpenStackSettings } from "./settings";

/** Everything that is needed to reach a cloud, checked. */
export interface Access {
  /** Root of Keystone's API, e.g. `https://cloud.example.com:5000/v3`. */
  authUrl: URL;
  credentials: Credentials;
  /** The project to work in; absent: the one that the credentials are bound to. */
  project?: Project | undefined;
  region?: string | undefined;
  interface: "public" | "internal" | "admin";
  /** Addresses that are used instead of the catalog's. */
  endpoints: Pick<OpenStackSettings, "blockStorageEndpoint" | "workloadsEndpoint">;
  /** The certificate authority to trust, PEM. */
  ca?: string | undefined;
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
export function readAccess(stack: OpenStackSettings, where: Surroundings): Access {
  const set = Object.entries(stack).filter(([, value]) => value !== undefined && value !== "");
  const gathered = gather(Object.fromEntries(set), where);
  const { settings, source } = gathered;
  const insecure = settings.insecure === "true";
  const credentials = readCredentials(gathered);
  return {
    authUrl: readAuthUrl(gathered, insecure),
    credentials,
    project: readProject(settings),
    region: settings.region,
    interface: readInterface(settings.interface),
    endpoints: readEndpoints(settings, insecure),
    ca: readCa(settings.cacert, where),
    insecure,
    source,
  };
}

/** People give the address of Keystone with and without its version, some with that of long ago. */
function readAuthUrl({ settings }: Gathered, insecure: boolean): URL {
  // That there is one was checked with the credentials.
  const url = parseBaseUrl((reason) => wrongSetting("authUrl", reason), settings.authUrl ?? "", insecure);
  url.pathname = `${url.pathname.replace(/\/+$/, "").replace(/\/v[23](\.\d+)?$/, "")}/v3`;
  return url;
}

function readInterface(given: string | undefined): Access["interface"] {
  const known: readonly string[] = interfaceSpellings;
  if (given !== undefined && !known.includes(given)) {
    throw wrongSetting("interface", `"${given}" is not right: expected public, internal or admin`);
  }
  return (given?.replace(/URL$/, "") ?? "public") as Access["interface"];
}

function readEndpoints(settings: OpenStackSettings, insecure: boolean): Access["endpoints"] {
  const { blockStorageEndpoint, workloadsEndpoint } = settings;
  for (const [name, address] of Object.entries({ blockStorageEndpoint, workloadsEndpoint })) {
    if (address !== undefined) parseBaseUrl((reason) => wrongSetting(name, reason), address, insecure);
  }
  return { blockStorageEndpoint, workloadsEndpoint };
}

function readCa(file: string | undefined, { env, cwd }: Surroundings): string | undefined {
  if (!file) return undefined;
  const home = file.replace(/^~(?=\/|$)/, env.HOME || homedir());
  try {
    return readFileSync(isAbsolute(home) ? home : join(cwd, home), "utf8");
  } catch (error) {
    throw wrongSetting("cacert", `"${file}" cannot be read: ${messageOf(error)}`);
  }
}
