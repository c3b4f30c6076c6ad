import type { Reporter, TestModule } from "vitest/node";

/**
 * Ends a run of vitest with a line for each project: how many of its tests passed, failed and were skipped. Then, in
 * any case, how many ran against the real Cinder, so that it is seen when there were none.
 */
export default class ProjectsReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const names = [...new Set(modules.map(({ project }) => project.name))].sort();
    let real = 0;
    for (const name of names) {
      const own = modules.filter(({ project }) => project.name === name);
      const states = own.flatMap((module) =>
        [...module.children.allTests()].map((test) => test.result().state),
      );
      const count = (wanted: string) => states.filter((state) => state === wanted).length;
      console.log(
        `${name}: ${count("passed")} passed, ${count("failed")} failed, ${count("skipped")} skipped`,
      );
      if (/^cinder\b/.test(name)) real += count("passed") + count("failed");
    }
    console.log(`${real} tests ran against the real Cinder`);
  }
}
