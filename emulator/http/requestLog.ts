import type { Json } from "./json";

/** A request that a service saw. `Kind` names the faults that can hit it. */
export interface RequestRecord<Kind extends string = string> {
  method: string;
  /** As sent, without the query. */
  path: string;
  /** `GET /api/openstack-snapshots/{uuid}/`; the bare path when no route matches. */
  route: string;
  query: URLSearchParams;
  body: Json | undefined;
  /** Who asked, or null. */
  actor: string | null;
  /** The status that was sent, or 0 when the connection was dropped instead. */
  status: number;
  /** Milliseconds since the epoch, by the emulator's clock. */
  time: number;
  /** The fault that hit it. */
  fault: Kind | null;
}

/** Every request that an emulator saw, in order. */
export class RequestLog<Entry extends { route: string }> {
  readonly entries: Entry[] = [];

  /** @param isWrite whether a request could change something */
  constructor(private readonly isWrite: (entry: Entry) => boolean) {}

  /** The requests that could change something. */
  get writes(): Entry[] {
    return this.entries.filter(this.isWrite);
  }

  /** How many requests per route. */
  counts(): Record<string, number> {
    const counts: Record<string, number> = {};
    for (const { route } of this.entries) counts[route] = (counts[route] ?? 0) + 1;
    return counts;
  }

  /** Forgets the requests seen so far. */
  clear(): void {
    this.entries.length = 0;
  }
}
