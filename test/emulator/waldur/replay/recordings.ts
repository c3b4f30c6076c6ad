import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Json } from "../../../../emulator/index";

/** One recorded request with its answer. */
export interface Exchange {
  label: string;
  /** Seconds since the scenario began. */
  t: number;
  /** Milliseconds until the answer; not noted for polls. */
  ms?: number;
  actor: string | null;
  request: { method: string; path: string; query: string; headers: Record<string, string>; body: Json };
  response: { status: number; headers: Record<string, string>; body: Json };
}

/** One recorded scenario. */
export interface Recording {
  scenario: string;
  /** ISO 8601. */
  recorded_at: string;
  exchanges: Exchange[];
}

const folder = join(__dirname, "..", "..", "..", "recordings", "waldur");

/** All recorded scenarios by the number that their name starts with. */
export function loadRecordings(): Map<string, Recording> {
  const files = readdirSync(folder).filter((name) => name.endsWith(".json"));
  return new Map(
    files.sort().map((name) => {
      const recording = JSON.parse(readFileSync(join(folder, name), "utf8")) as Recording;
      return [name.slice(0, 2), recording];
    }),
  );
}
