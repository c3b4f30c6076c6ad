import type { Properties } from "../../provider/core/resource/lifecycle";
import { CloudStage, demoProject, demoSettings, demoUser, recording } from "./cloudStage";
import type { Seen, Step } from "./scriptedServer";

/** An object as Cinder writes it. */
export type Row = Record<string, unknown> & { id: string; status: string; metadata: Record<string, string> };

/** What a request asks for, taken apart. */
export interface Asked extends Seen {
  /** Below the project, e.g. `/snapshots/1234`. */
  path: string;
  query: URLSearchParams;
  json: Record<string, Properties>;
}

/**
 * A small Cinder for tests of what goes over the wire: snapshots and volumes that are ready at once, the answers of
 * the recordings for what goes wrong, and a hook for faults.
 */
export class CinderDesk {
  readonly stage: CloudStage;
  readonly snapshots = new Map<string, Row>();
  readonly volumes = new Map<string, Row>();
  messages: Properties[] = [];
  /** The highest microversion that the service says it knows. */
  highest = "3.71";
  /** Whether its lists can be filtered by metadata. */
  filtersMetadata = true;
  /** The longest page of a list. */
  pageLength = 1000;
  /** Goes before everything; `undefined` lets a request pass. */
  before: (asked: Asked) => Step | undefined = () => undefined;
  /** Called with what an accepted write has made or changed; may change it, or lose the answer. */
  after: (asked: Asked, row: Row | undefined) => Step | undefined = () => undefined;
  #made = 0;

  constructor(stage = new CloudStage()) {
    this.stage = stage;
  }

  /** @param origin where it answers by `stage.answer` alone; absent: on a port */
  async open(origin?: string): Promise<this> {
    if (origin === undefined) await this.stage.open();
    else this.stage.openAt(origin);
    this.stage.before = (seen) => (seen.url === "/" ? this.#versions() : undefined);
    this.stage.service = (seen) => this.#answer(seen);
    return this;
  }

  close(): Promise<void> | undefined {
    return this.stage.close();
  }

  get settings(): Record<string, string> {
    return { authUrl: this.stage.authUrl, ...demoSettings };
  }

  /** Every request to Cinder but for its versions, as `METHOD path?query`, the project left out. */
  requests(pattern = /./): string[] {
    const all = this.stage.requests.filter(({ url }) => url.includes(demoProject));
    const lines = all.map(({ method, url }) => `${method} ${url.replace(`/v3/${demoProject}`, "")}`);
    return lines.filter((line) => pattern.test(line));
  }

  /** The writes among them, with their bodies. */
  writes(): { line: string; body: Record<string, Properties> }[] {
    return this.stage.requests
      .filter(({ method, url }) => method !== "GET" && url.includes(demoProject))
      .map(({ method, url, body }) => ({
        line: `${method} ${url.replace(`/v3/${demoProject}`, "")}`,
        body: body ? JSON.parse(body) : {},
      }));
  }

  /** Puts a snapshot or a volume there. */
  plant(kind: "snapshot" | "volume", values: Properties): Row {
    this.#made += 1;
    const at = new Date(this.stage.clock.now() + this.#made).toISOString().replace("Z", "000");
    const project =
      kind === "snapshot" ? "os-extended-snapshot-attributes:project_id" : "os-vol-tenant-attr:tenant_id";
    const row = {
      id: `00000000-0000-4000-8000-${String(this.#made).padStart(12, "0")}`,
      name: null,
      description: null,
      status: "available",
      size: 1,
      created_at: at,
      updated_at: null,
      user_id: demoUser,
      [project]: demoProject,
      ...(kind === "volume" ? { attachments: [], bootable: "false", volume_type: "folder" } : {}),
      ...values,
      metadata: (values.metadata ?? {}) as Record<string, string>,
    };
    (kind === "snapshot" ? this.snapshots : this.volumes).set(row.id, row);
    return row;
  }

  #versions(): Step | undefined {
    const { status, body } = recording("017").response;
    return { status, body: JSON.stringify(body).replaceAll("3.71", this.highest) };
  }

  #answer(seen: Seen): Step {
    const url = new URL(seen.url, "http://desk");
    const asked: Asked = {
      ...seen,
      path: url.pathname.replace(`/v3/${demoProject}`, ""),
      query: url.searchParams,
      json: seen.body ? JSON.parse(seen.body) : {},
    };
    return this.before(asked) ?? this.#served(asked);
  }

  #served(asked: Asked): Step {
    const [, collection = "", id = "", part, key] = asked.path.split("/").map(decodeURIComponent);
    if (collection === "messages") return ok({ messages: this.messages });
    if (collection === "types") return ok({ volume_type: { id, name: "folder" } });
    const kind = collection === "snapshots" ? "snapshot" : "volume";
    const rows = kind === "snapshot" ? this.snapshots : this.volumes;
    if (asked.method === "POST" && id === "") {
      const made = this.plant(kind, { ...asked.json[kind] });
      return this.after(asked, made) ?? ok({ [kind]: made }, 202);
    }
    if (id === "" || id === "detail") return this.#list(kind, [...rows.values()], asked);
    const row = rows.get(id);
    if (row === undefined) return fault(404, "itemNotFound", `${kind} ${id} could not be found.`);
    if (asked.method === "GET") return ok({ [kind]: row });
    return this.#written(kind, rows, row, asked, part, key);
  }

  #written(
    kind: "snapshot" | "volume",
    rows: Map<string, Row>,
    row: Row,
    asked: Asked,
    part: string | undefined,
    key = "",
  ): Step {
    row.updated_at = new Date(this.stage.clock.now()).toISOString().replace("Z", "000");
    if (part === "metadata") {
      if (asked.method === "DELETE") delete row.metadata[key];
      else row.metadata = { ...row.metadata, ...(asked.json.meta as Record<string, string>) };
    } else if (part === "action") {
      const [extend, retype] = [asked.json["os-extend"], asked.json["os-retype"]];
      if (extend) row.size = extend.new_size;
      if (retype) row.volume_type = retype.new_type;
    } else if (asked.method === "DELETE") rows.delete(row.id);
    else Object.assign(row, asked.json[kind]);
    return this.after(asked, row) ?? (part === "metadata" ? ok({ meta: {} }) : ok({ [kind]: row }));
  }

  #list(kind: "snapshot" | "volume", rows: Row[], { query }: Asked): Step {
    const filters = ["name", "status", "volume_id"].filter((name) => query.has(name));
    const wanted = this.filtersMetadata ? JSON.parse(query.get("metadata") ?? "{}") : {};
    const found = rows
      .filter((row) => filters.every((name) => row[name] === query.get(name)))
      .filter(({ metadata }) => Object.entries(wanted).every(([key, value]) => metadata[key] === value))
      .sort((one, other) => (String(one.created_at) < String(other.created_at) ? 1 : -1));
    const [key, direction] = (query.get("sort") ?? "").split(/[,:]/);
    const place = direction === "desc" ? -1 : 1;
    if (key) found.sort((one, other) => (String(one[key]) < String(other[key]) ? -place : place));
    const asked = query.get("marker");
    const marker = found.findIndex(({ id }) => id === asked) + 1;
    if (asked !== null && marker === 0)
      return fault(404, "itemNotFound", `${kind} ${asked} could not be found.`);
    const start = marker + Number(query.get("offset") ?? 0);
    const limit = Math.min(this.pageLength, Number(query.get("limit") ?? this.pageLength));
    const page = found.slice(start, start + limit);
    const next =
      page.length === limit ? { [`${kind}s_links`]: [{ rel: "next", href: "http://desk/?offset=1" }] } : {};
    return ok({ [`${kind}s`]: page, ...next, ...(query.has("with_count") ? { count: found.length } : {}) });
  }
}

function ok(body: unknown, status = 200): Step {
  return { status, headers: { "x-openstack-request-id": "req-of-the-desk" }, body };
}

/** A refusal in Cinder's shape. */
export function fault(status: number, kind: string, message: string): Step {
  return {
    status,
    headers: { "x-openstack-request-id": "req-refused" },
    body: { [kind]: { code: status, message } },
  };
}
