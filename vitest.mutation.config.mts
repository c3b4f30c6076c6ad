import { defineConfig } from "vitest/config";

/** Undici keeps one timer for all its time-outs, which this file sets by a clock of its own. */
const alone = "test/provider/core/http/transport.silence.test.ts";

const tests = { setupFiles: ["test/support/fewerRuns.ts"], testTimeout: 60_000 };

/** The tests that mutants of the core have to get past: the quick ones, without a server, an engine or a process. */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          ...tests,
          name: "core",
          include: ["test/provider/core/**/*.test.ts"],
          exclude: [alone],
          // Files share the modules that they load: loading them anew for each takes longer than all tests.
          isolate: false,
        },
      },
      { test: { ...tests, name: "core, alone", include: [alone] } },
    ],
  },
});
