/** What is to be known of a request. */
export interface Request {
  method: string;
  /** E.g. `POST /api/openstack-volumes/{uuid}/extend/`. */
  route: string;
  /** Status of the answer; 0 where there was none. */
  status: number;
}

/** The requests of one step. */
export interface Traffic {
  step: string;
  requests: readonly Request[];
}

/** How many writes were answered with success, by route. */
export function writesOf(requests: readonly Request[]): Record<string, number> {
  const done = requests.filter(
    (request) => isWrite(request) && request.status >= 200 && request.status < 300,
  );
  return countBy(done, ({ route }) => route);
}

/** A table of the requests by kind: a column for each step, a line for each kind of write, one for all reads. */
export function wireTable(traffic: readonly Traffic[]): string {
  const kinds = [...new Set(traffic.flatMap(({ requests }) => requests.map(kindOf)))].sort(
    (a, b) => Number(a === reads) - Number(b === reads),
  );
  const rows = [
    ["", ...traffic.map(({ step }) => step)],
    ...kinds.map((kind) => [
      kind,
      ...traffic.map(({ requests }) => String(countBy(requests, kindOf)[kind] ?? "-")),
    ]),
  ];
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  const pad = (cell: string, column: number) =>
    column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0);
  return rows.map((row) => `  ${row.map(pad).join("  ")}`.trimEnd()).join("\n");
}

const reads = "GET (all reads)";

function isWrite({ method }: Request): boolean {
  return !["GET", "HEAD", "OPTIONS"].includes(method);
}

function kindOf(request: Request): string {
  const refused = request.status >= 200 && request.status < 300 ? "" : ` (answered ${request.status})`;
  return isWrite(request) ? request.route + refused : reads;
}

function countBy<T>(items: readonly T[], keyOf: (item: T) => string): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const item of items) counts[keyOf(item)] = (counts[keyOf(item)] ?? 0) + 1;
  return counts;
}
