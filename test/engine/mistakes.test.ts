import { createServer } from "node:net";
import { afterAll, beforeAll, expect, it } from "vitest";
import {
  ShiftedClock,
  startTrilio,
  startWaldur,
  type TrilioEmulator,
  type WaldurEmulator,
} from "../../emulator";
import { certificate } from "../support/certificate";
import { type ScriptedServer, scripted } from "../support/scriptedServer";
import type { Declared } from "./support/declared";
import { diagnosticsOf } from "./support/diagnostics";
import { snapshot, volume } from "./support/scenario";
import { front, Stack, type StackOptions } from "./support/stack";

const namespace = "openstack-snapshots";
const uuid = "00509483-8db7-4185-ab38-79771873dc2e";

/** What somebody does, and what all that they read of it is. */
interface Mistake {
  what: string;
  /** The command that shows it. Default: `preview`. */
  by?: "up";
  config?: StackOptions["config"];
  env?: StackOptions["env"];
  declares: Declared;
  says: Record<string, string[]>;
}

let waldur: WaldurEmulator;
let trilio: TrilioEmulator;
let secure: ScriptedServer;
let closed: string;
beforeAll(async () => {
  waldur = await startWaldur();
  trilio = await startTrilio();
  secure = await scripted([], { tls: certificate("self-signed") });
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const address = server.address();
  closed = `127.0.0.1:${typeof address === "object" ? address?.port : ""}`;
  await new Promise((resolve) => server.close(resolve));
});
afterAll(async () => {
  await Promise.all([waldur.close(), trilio.close(), secure.close()]);
});

/** An argument that is wrong in itself: the engine says where. */
function argument({ type, name }: Declared, property: string, value: unknown, reason: string) {
  const [inner = "", module = "waldur"] = type.split(":").reverse();
  const own = `${namespace}:${module}:${inner}`;
  const token = front === "plugin" ? own : `pulumi-nodejs:dynamic/${own.replace(":", "/")}`;
  return {
    [name]: [
      `error: ${token} resource '${name}': property ${property} value {${value}} has a problem: ${reason}`,
    ],
  };
}

/** What comes up when the preview looks ahead. A dynamic provider is not asked for previews, so there the check fails. */
function ahead({ name }: Declared, reason: string) {
  return front === "plugin"
    ? { [name]: [`error: Preview failed: ${reason}`], Stack: ["error: preview failed"] }
    : { [name]: [`error: ${reason}`] };
}

const cinderSnapshot = (args: object = {}): Declared => ({
  type: "cinder:Snapshot",
  name: "nightly",
  args: { volumeId: uuid, ...args },
});

/** A quota of the tenant in which the emulator's project is. */
function quotaOf({ world, ids }: WaldurEmulator, name: string): { limit: number; usage: number } {
  const tenant = [...world.tenants.values()].find(({ projectUuid }) => projectUuid === ids.project);
  return tenant?.quotas[name] ?? expect.fail();
}

/** The rows; the servers are there by then. */
function mistakes(): Mistake[] {
  const [portal, cloud] = [{ WALDUR_ACCESS_TOKEN: waldur.tokens.owner }, trilio.env()];
  const setting = (name: string) => `the setting ${namespace}:${name}`;
  const [gib, name, date, past, duration] = [
    volume(waldur, { size: 10 }),
    snapshot(waldur, { volumeId: "my-volume" }),
    cinderSnapshot({ keptUntil: "31.01.2030" }),
    snapshot(waldur, { keptUntil: "2020-01-31" }),
    cinderSnapshot({ retainFor: "35 days" }),
  ];
  const id = uuid.replaceAll("-", "");
  const unseen =
    "it does not exist, or the access token may not see it; check the ID and the token's projects";
  const [wrongId, wrongProject] = [snapshot(waldur, { volumeId: id }), volume(waldur, { projectId: id })];
  const [nightly, other] = [snapshot(waldur), cinderSnapshot()];
  const size = 1024 ** 3;
  const tooLarge = volume(waldur, { size });
  const quota = quotaOf(waldur, "volumes_size");
  const me = `/api/users/me/: no answer:`;
  const tokens = `/v3/auth/tokens`;
  const network = "Check the address and the network; the address comes from";
  const untrusted =
    "self-signed certificate (DEPTH_ZERO_SELF_SIGNED_CERT). The server's certificate is not trusted;";
  const at = (url: string): Pick<Mistake, "config" | "env"> => ({
    config: { waldurApiUrl: url },
    env: portal,
  });
  const keystoneAt = (url: string): Pick<Mistake, "env"> => ({ env: { ...cloud, OS_AUTH_URL: `${url}/v3` } });
  const missing = (name: string, variable: string, secret = "") =>
    `${namespace}:${name} is not set: set it with "pulumi config set ${secret}${namespace}:${name} ..." or in ${variable}`;
  const gone =
    'keptUntil: "2020-01-31" is past: it is NOW now by the clock of this machine, so the new one would be removed at ' +
    "once. Give an instant in the future, or none";
  const orCloud = ", or name a cloud of clouds.yaml in OS_CLOUD";
  return [
    {
      what: "no settings (Waldur)",
      declares: nightly,
      says: {
        nightly: [
          `error: ${missing("waldurApiUrl", "WALDUR_API_URL")}`,
          missing("waldurAccessToken", "WALDUR_ACCESS_TOKEN", "--secret "),
        ],
      },
    },
    {
      what: "no settings (Cinder)",
      declares: other,
      says: {
        nightly: [
          `error: ${missing("authUrl", "OS_AUTH_URL")}${orCloud}`,
          missing("username", "OS_USERNAME") + orCloud,
          missing("password", "OS_PASSWORD", "--secret ") + orCloud,
          missing("projectName", "OS_PROJECT_NAME") + orCloud,
        ],
      },
    },
    {
      what: "no URL (Waldur)",
      ...at("portal.example.com"),
      declares: nightly,
      says: {
        nightly: [
          `error: ${namespace}:waldurApiUrl: "portal.example.com" is not a URL; expected e.g. https://portal.example.com/api/`,
        ],
      },
    },
    {
      what: "a host that nothing answers at (Waldur)",
      ...at(`http://${closed}`),
      declares: nightly,
      says: ahead(
        nightly,
        `GET http://${closed}${me} connect ECONNREFUSED ${closed}. ${network} ${setting("waldurApiUrl")}.`,
      ),
    },
    {
      what: "a self-signed certificate (Waldur)",
      ...at(secure.origin),
      declares: nightly,
      says: ahead(
        nightly,
        `GET ${secure.origin}${me} ${untrusted} the address comes from ${setting("waldurApiUrl")}. If your own ` +
          "certificate authority has signed it, set waldurCaFile to that authority's file: " +
          `"pulumi config set ${namespace}:waldurCaFile ca.pem", or WALDUR_CA_FILE.`,
      ),
    },
    {
      what: "a host that nothing answers at (Cinder)",
      ...keystoneAt(`http://${closed}`),
      declares: other,
      says: ahead(
        other,
        `no token: POST http://${closed}${tokens}: no answer: connect ECONNREFUSED ${closed}. ${network} ` +
          "the stack's configuration and OS_*.",
      ),
    },
    {
      what: "a self-signed certificate (Cinder)",
      ...keystoneAt(secure.origin),
      declares: other,
      says: ahead(
        other,
        `no token: POST ${secure.origin}${tokens}: no answer: ${untrusted} the address comes from the stack's ` +
          "configuration and OS_*. If your own certificate authority has signed it, set cacert to that authority's " +
          `file: "pulumi config set ${namespace}:cacert ca.pem", or OS_CACERT.`,
      ),
    },
    {
      what: "a token that is wrong or has expired (Waldur)",
      config: { waldurApiUrl: waldur.url },
      env: { WALDUR_ACCESS_TOKEN: "0".repeat(40) },
      declares: nightly,
      says: ahead(
        nightly,
        `GET ${waldur.url}/api/users/me/ answered 401: Invalid token. (The access token comes from the environment ` +
          `variable WALDUR_ACCESS_TOKEN, the address from ${setting("waldurApiUrl")}. If the token has expired or is ` +
          "another portal's, create one in your profile there and set it with " +
          `"pulumi config set --secret ${namespace}:waldurAccessToken ..." or in WALDUR_ACCESS_TOKEN.)`,
      ),
    },
    {
      what: "a project that is wrong (Cinder)",
      env: { ...cloud, OS_PROJECT_NAME: "nowhere" },
      declares: other,
      says: ahead(
        other,
        `POST ${cloud.OS_AUTH_URL}/auth/tokens answered 401: The request you have made requires authentication. ` +
          `(signing in at ${cloud.OS_AUTH_URL} as "member" (domain "Default") with a password, for the project "nowhere" ` +
          `(domain "Default"); settings: the stack's configuration and OS_*). Check the user, the domain, the project ` +
          "and the password (request id REQUEST)",
      ),
    },
    {
      what: "a file that is not there (Cinder)",
      env: { OS_CLOUD: "prod", OS_CLIENT_CONFIG_FILE: "/nowhere/clouds.yaml" },
      declares: other,
      says: {
        nightly: [
          `error: ${namespace}:cloud: there is no cloud "prod"; there are: none (/nowhere/clouds.yaml, which ` +
            "OS_CLIENT_CONFIG_FILE names, does not exist, and there is no clouds.yaml in FOLDERS)",
        ],
      },
    },
    {
      what: "a name for an id (Waldur)",
      ...at(waldur.url),
      declares: name,
      says: argument(
        name,
        "volumeId",
        "my-volume",
        'invalid value "my-volume": expected a uuid, or a URL that ends in one',
      ),
    },
    {
      what: "GiB for MiB (Waldur)",
      ...at(waldur.url),
      declares: gib,
      says: argument(gib, "size", 10, "invalid value 10: expected MiB, a multiple of 1024; 10 GiB is 10240"),
    },
    {
      what: "a date in another form (Cinder)",
      env: cloud,
      declares: date,
      says: argument(
        date,
        "keptUntil",
        "31.01.2030",
        'invalid value "31.01.2030": expected an instant with its zone, e.g. "2027-01-31T12:00:00Z", or a date, ' +
          'e.g. "2027-01-31"',
      ),
    },
    {
      what: "a date that is past (Waldur)",
      ...at(waldur.url),
      declares: past,
      says:
        front === "plugin" ? ahead(past, gone) : argument(past, "keptUntil", "2020-01-31", gone.slice(11)),
    },
    {
      what: "a duration in words (Cinder)",
      env: cloud,
      declares: duration,
      says: argument(
        duration,
        "retainFor",
        "35 days",
        'invalid value "35 days": expected an ISO 8601 duration above zero and of at most 1000 years, e.g. "P35D", ' +
          '"P6M" or "PT12H"',
      ),
    },
    {
      what: "an id that is wrong (Waldur)",
      by: "up",
      ...at(waldur.url),
      declares: wrongId,
      says: {
        nightly: [
          `error: POST ${waldur.url}/api/openstack-volumes/${id}/snapshot/ answered 404: No Volume matches the given ` +
            `query. (volumeId is ${id}: ${unseen})`,
        ],
        Stack: ["error: update failed"],
      },
    },
    {
      what: "a project that is wrong (Waldur)",
      by: "up",
      ...at(waldur.url),
      declares: wrongProject,
      says: {
        data: [
          `error: POST ${waldur.url}/api/marketplace-orders/ answered 400: project: Invalid hyperlink - Object does ` +
            `not exist. (projectId is ${id}: ${unseen})`,
        ],
        Stack: ["error: update failed"],
      },
    },
    {
      what: "more than the quota allows (Waldur)",
      by: "up",
      ...at(waldur.url),
      declares: tooLarge,
      says: {
        data: [
          `error: POST ${waldur.url}/api/marketplace-orders/ answered 400: One or more quotas were exceeded: ` +
            `volumes_size quota limit: ${quota.limit}, requires ${quota.usage + size} (delete what is no longer ` +
            "needed, or ask the portal's operator for a higher quota)",
        ],
        Stack: ["error: update failed"],
      },
    },
  ];
}

it("the commonest mistakes each give one message, with what is wrong, where, why, and what helps", async () => {
  const said: Record<string, unknown> = {};
  const rows = mistakes();
  for (const { what, by = "preview", config = {}, env = {}, declares } of rows) {
    const stack = await Stack.create({ config, env });
    try {
      if (/nothing answers/.test(what)) stack.hurry(new ShiftedClock());
      stack.declare([declares]);
      const text = await (by === "up" ? stack.upFails() : stack.previewFails());
      expect(text, what).not.toMatch(/^\s+at /m);
      said[what] = JSON.parse(
        JSON.stringify(diagnosticsOf(text))
          .replace(/it is [0-9T:.Z-]+ now/, "it is NOW now")
          .replace(/ in \/[^)]*\/etc\/openstack/, " in FOLDERS")
          .replace(/req-[0-9a-f-]{36}/, "REQUEST"),
      );
    } finally {
      stack.dispose();
    }
  }
  expect(said).toEqual(Object.fromEntries(rows.map(({ what, says }) => [what, says])));
});
