import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { z } from "zod";
import {
  type Backend,
  howToSet,
  namespace,
  type Origin,
  originOf,
  ownSurroundings,
  type Surroundings,
  tokenSetting,
  wrongSetting,
} from "../core/backend";
import type { Clock } from "../core/clock";
import { ApiError, messageOf } from "../core/errors";
import { HttpClient } from "../core/http/http";
import { parseBaseUrl } from "../core/http/origin";
import { undiciTransport } from "../core/http/transport";
import { WaldurClient } from "./client";

/** How to reach a Waldur. The names are those of the stack's configuration, in the package's namespace. */
export const waldurSettings = z.object({
  waldurApiUrl: z.string().meta({
    description: "Address of the API, e.g. https://portal.example.com/api/",
    env: "WALDUR_API_URL",
  }),
  waldurAccessToken: tokenSetting().meta({
    description: "Access token of the user that acts",
    env: "WALDUR_ACCESS_TOKEN",
    secret: true,
  }),
  waldurCaFile: z.string().optional().meta({
    description: "File with the certificate authority to trust, PEM; default: those of Node",
    env: "WALDUR_CA_FILE",
  }),
  insecure: z.enum(["true", "false"], { message: 'expected "true" or "false"' }).optional().meta({
    description: "Accept plain http to hosts other than this machine; default false",
    env: "WALDUR_INSECURE",
  }),
});

type WaldurSettings = z.output<typeof waldurSettings>;

/** The self-service portal. */
export const waldur: Backend<WaldurClient> = {
  name: "waldur",
  settings: waldurSettings,
  connect: (settings, clock, where = ownSurroundings(), origin = inConfiguration) =>
    connect(settings as WaldurSettings, clock, where, origin),
  verify: async (client, signal) => {
    try {
      await client.me(signal);
    } catch (error) {
      if (!(error instanceof ApiError) || error.status !== 404) throw error;
      throw wrongSetting(
        "waldurApiUrl",
        `there is no Waldur API at ${client.http.origin}${client.root}/: ${error.message}`,
      );
    }
  },
};

const inConfiguration = originOf(waldurSettings, () => "");

function connect(
  settings: WaldurSettings,
  clock: Clock,
  { cwd, network }: Surroundings,
  origin: Origin,
): WaldurClient {
  const url = parseBaseUrl(
    (reason) => wrongSetting("waldurApiUrl", reason),
    settings.waldurApiUrl,
    settings.insecure === "true",
  );
  const token = settings.waldurAccessToken;
  const http = new HttpClient({
    origin: url.origin,
    authorization: () => ({ authorization: `Token ${token}` }),
    transport: undiciTransport({ ca: readCa(settings.waldurCaFile, cwd) }, network),
    clock,
    secrets: () => [token],
    explained: (error) => (error.status === 401 ? refused(error, origin) : error),
    unreached: {
      address: origin("waldurApiUrl"),
      trust:
        "If your own certificate authority has signed it, set waldurCaFile to that authority's file: " +
        `"pulumi config set ${namespace}:waldurCaFile ca.pem", or WALDUR_CA_FILE.`,
    },
  });
  return new WaldurClient(http, apiRoot(url.pathname), clock);
}

/** A refusal of the token: Waldur's words say neither which token it was nor what helps. */
function refused(error: ApiError, origin: Origin): ApiError {
  const reason = [
    `${error.reason || "no reason given"} (The access token comes from ${origin("waldurAccessToken")},`,
    `the address from ${origin("waldurApiUrl")}.`,
    `If the token has expired or is another portal's, create one in your profile there and`,
    `${howToSet("waldurAccessToken", true)} or in WALDUR_ACCESS_TOKEN.)`,
  ];
  return new ApiError({ ...error, reason: reason.join(" ") });
}

/** People give the address with and without `/api/`; both mean the same. */
function apiRoot(path: string): string {
  const trimmed = path.replace(/\/+$/, "");
  return trimmed.endsWith("/api") ? trimmed : `${trimmed}/api`;
}

function readCa(file: string | undefined, cwd: string): string | undefined {
  if (!file) return undefined;
  try {
    return readFileSync(resolve(cwd, file), "utf8");
  } catch (error) {
    throw wrongSetting("waldurCaFile", `"${file}" cannot be read: ${messageOf(error)}`);
  }
}
