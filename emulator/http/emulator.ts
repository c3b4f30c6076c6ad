import type { RequestLog } from "./requestLog";

/** What a test sees of every running emulator, and does to it. */
export interface Emulator<Entry, Faults> {
  /** Every request seen, in order. */
  readonly requests: Entry[];
  /** Of those, the ones that could change something. */
  readonly writes: Entry[];
  /** How many requests per route (`GET /api/openstack-snapshots/{uuid}/`). */
  counts(): Record<string, number>;
  /** Forgets the requests seen so far. */
  resetRequests(): void;
  /** Makes requests fail. */
  readonly faults: Faults;
  /** Stops the server and cuts open connections. */
  close(): Promise<void>;
}

/** The part of an emulator that all have; `Object.assign` puts the rest into it. */
export function emulatorOf<Entry extends { route: string }, Faults>(
  log: RequestLog<Entry>,
  faults: Faults,
  close: () => Promise<void>,
): Emulator<Entry, Faults> {
  return {
    requests: log.entries,
    get writes() {
      return log.writes;
    },
    counts: () => log.counts(),
    resetRequests: () => log.clear(),
    faults,
    close,
  };
}
