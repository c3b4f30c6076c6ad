import { defineConfig } from "vitest/config";

/** The tests that mutants of the core have to get past: the quick ones, without a server, an engine or a process. */
export default defineConfig({
  test: {
    include: ["test/provider/core/**/*.test.ts"],
    setupFiles: ["test/support/fewerRuns.ts"],
    testTimeout: 60_000,
  },
});
