import type { Reporter, TestModule } from "vitest/node";
import { endWhenAbandoned } from "../abandoned.js";

/** When the files of a project ran, in milliseconds. */
interface Span {
  /** Unix time when the first began. */
  first: number;
  /** Unix time when the last ended. */
  last: number;
}

/**
 * Ends a run of vitest with a line for each project: how many of its tests passed, failed and were skipped, and how
 * long they took. Then, in any case, how many ran against the real Cinder, so that it is seen when there were none.
 */
export default class ProjectsReporter implements Reporter {
  readonly #spans = new Map<string, Span>();

  constructor() {
    // The test command that this reporter belongs to may be killed.
    endWhenAbandoned();
  }

  onTestModuleStart(module: TestModule): void {
    this.#note(module);
  }

  onTestModuleEnd(module: TestModule): void {
    this.#note(module);
  }

  onTestRunEnd(modules: readonly TestModule[]): void {
    const names = [...new Set(modules.map(({ project }) => project.name))].sort();
    let real = 0;
    for (const name of names) {
      const own = modules.filter(({ project }) => project.name === name);
      const states = own.flatMap((module) =>
        [...module.children.allTests()].map((test) => test.result().state),
      );
      const count = (wanted: string) => states.filter((state) => state === wanted).length;
      const counts = `${count("passed")} passed, ${count("failed")} failed, ${count("skipped")} skipped`;
      console.log(`${name}: ${counts}; ${this.#timeOf(name, own)}`);
      if (/^cinder\b/.test(name)) real += count("passed") + count("failed");
    }
    console.log(`${real} tests ran against the real Cinder`);
  }

  #note({ project: { name } }: TestModule): void {
    const now = Date.now();
    this.#spans.set(name, { first: this.#spans.get(name)?.first ?? now, last: now });
  }

  /** Projects run side by side, so the time from the first file to the last is not the work. */
  #timeOf(name: string, modules: readonly TestModule[]): string {
    const { first, last } = this.#spans.get(name) ?? { first: 0, last: 0 };
    const work = modules.reduce((sum, module) => {
      const { collectDuration, setupDuration, duration } = module.diagnostic();
      return sum + collectDuration + setupDuration + duration;
    }, 0);
    return `${seconds(last - first)} from its first file to its last, ${seconds(work)} of work`;
  }
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(0)} s`;
}
