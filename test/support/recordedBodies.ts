import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** An object as the recorded server answered it. */
export interface RecordedBody {
  kind: "snapshot" | "volume" | "restoration" | "order";
  body: Record<string, unknown>;
  /** Whether `field=` picked some of its fields. */
  partial: boolean;
  /** Scenario and label of the exchange, for messages. */
  from: string;
}

interface Exchange {
  label: string;
  request: { method: string; path: string; query: string };
  response: { status: number; body: unknown };
}

const folder = join(__dirname, "..", "recordings", "waldur");

/** Which answers hold objects of which kind, by method and path with `*` for a uuid. */
const holders: [RegExp, RecordedBody["kind"]][] = [
  [/^GET \/api\/openstack-snapshots\/(\*\/)?$/, "snapshot"],
  [/^(PATCH|PUT) \/api\/openstack-snapshots\/\*\/$/, "snapshot"],
  [/^POST \/api\/openstack-volumes\/\*\/snapshot\/$/, "snapshot"],
  [/^GET \/api\/openstack-volumes\/(\*\/)?$/, "volume"],
  [/^(PATCH|PUT) \/api\/openstack-volumes\/\*\/$/, "volume"],
  [/^POST \/api\/openstack-snapshots\/\*\/restore\/$/, "volume"],
  [/^GET \/api\/openstack-snapshots\/\*\/restorations\/$/, "restoration"],
  [/^(GET|POST) \/api\/marketplace-orders\/(\*\/)?$/, "order"],
];

/** Every object in a successful answer of the recordings, single or in a list. */
export function recordedBodies(): RecordedBody[] {
  const files = readdirSync(folder).filter((name) => name.endsWith(".json"));
  return files.sort().flatMap((name) => {
    const { exchanges } = JSON.parse(readFileSync(join(folder, name), "utf8")) as { exchanges: Exchange[] };
    return exchanges.flatMap(({ label, request, response }) => {
      if (response.status < 200 || response.status > 299) return [];
      const place = `${request.method} ${request.path.replace(/[0-9a-f]{32}|[0-9A-F-]{32,36}/gi, "*")}`;
      const kind = holders.find(([pattern]) => pattern.test(place))?.[1];
      const bodies = Array.isArray(response.body) ? response.body : [response.body];
      if (kind === undefined) return [];
      return bodies.filter(isObject).map((body) => ({
        kind,
        body,
        partial: /(^|&)field=/.test(request.query) && Object.keys(body).length < 20 && kind !== "restoration",
        from: `${name}: ${label}`,
      }));
    });
  });
}

/** HTML, which the server answers to browsers, is no object. */
function isObject(body: unknown): body is Record<string, unknown> {
  return typeof body === "object" && body !== null;
}
