/** What imports what: the modules that each module imports, by name. */
export type ImportGraph = ReadonlyMap<string, readonly string[]>;

/**
 * The circles of imports: each with all modules that reach one another, sorted, and so all circles that share a module
 * are one (the strongly connected components of the graph, by Tarjan's algorithm). A module that imports itself is one
 * too.
 */
export function importCircles(graph: ImportGraph): string[][] {
  const search = new Search(graph);
  for (const name of graph.keys()) search.visit(name);
  return search.circles.map((circle) => circle.sort()).sort();
}

class Search {
  readonly circles: string[][] = [];
  readonly #order = new Map<string, number>();
  readonly #open: string[] = [];

  constructor(private readonly graph: ImportGraph) {}

  /** @returns the place in the order of visits of the earliest open module that this one reaches */
  visit(name: string): number {
    const known = this.#order.get(name);
    if (known !== undefined) return this.#open.includes(name) ? known : Number.POSITIVE_INFINITY;
    const place = this.#order.size;
    this.#order.set(name, place);
    this.#open.push(name);
    const imported = this.graph.get(name) ?? [];
    const earliest = Math.min(place, ...imported.map((other) => this.visit(other)));
    if (earliest === place) {
      const circle = this.#open.splice(this.#open.indexOf(name));
      if (circle.length > 1 || imported.includes(name)) this.circles.push(circle);
    }
    return earliest;
  }
}
