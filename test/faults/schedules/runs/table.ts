import { faultKinds } from "../kinds";
import type { Report } from "./schedule";

const backends = ["waldur", "cinder", "trilio"];
/** Not on the wire: the machine's own. */
const skewed = "wrong local clock";

interface Cell {
  runs: number;
  injected: number;
  /** How many objects were left for a person and named in a warning. */
  named: number;
  /** How many runs broke an invariant, by its name. */
  broken: Map<string, number>;
}

/** Counts runs, faults and broken invariants, by fault and backend. */
export class Table {
  readonly #cells = new Map<string, Cell>();

  /** Counts what came of a schedule. */
  add({ schedule, violations, named, injected }: Report): void {
    const [backend = ""] = schedule.type.split(":");
    const skews = schedule.steps.filter(({ skewMs }) => skewMs !== 0).length;
    const faults = [...injected, ...(skews > 0 ? [[skewed, skews] as const] : [])];
    const broken = new Set(violations.map(({ invariant }) => invariant));
    for (const [fault, count] of [...faults, ["all", sum(faults.map(([, each]) => each))] as const]) {
      const cell = this.#cell(fault, backend);
      cell.runs += 1;
      cell.injected += count;
      cell.named += named;
      for (const invariant of broken) cell.broken.set(invariant, (cell.broken.get(invariant) ?? 0) + 1);
    }
  }

  /** The table in Markdown: for each backend the runs with a fault and how often it happened, and what broke. */
  toString(): string {
    const head = [
      "Fault",
      ...backends.map((name) => `${titles[name]}: runs, faults`),
      "Left to a person",
      "Broken",
    ];
    const kinds = [...faultKinds.map(({ name }) => name), skewed, "all"];
    const rows = kinds.map((kind) => {
      const cells = backends.map((backend) => this.#cell(kind, backend));
      const broken = cells.flatMap((cell, index) =>
        [...cell.broken].map(
          ([invariant, count]) => `${titles[backends[index] ?? ""]} ${invariant} ${count}`,
        ),
      );
      const counts = cells.map(({ runs, injected }) => `${runs}, ${injected}`);
      const left = cells.flatMap(({ named }, index) =>
        named > 0 ? [`${titles[backends[index] ?? ""]} ${named}`] : [],
      );
      return [kind, ...counts, left.join("; ") || "0", broken.join("; ") || "0"];
    });
    return [head, head.map(() => "---"), ...rows].map((row) => `| ${row.join(" | ")} |`).join("\n");
  }

  #cell(fault: string, backend: string): Cell {
    const key = `${backend} ${fault}`;
    const cell = this.#cells.get(key) ?? { runs: 0, injected: 0, named: 0, broken: new Map() };
    this.#cells.set(key, cell);
    return cell;
  }
}

const titles: Record<string, string> = { waldur: "Waldur", cinder: "Cinder", trilio: "Trilio" };

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
