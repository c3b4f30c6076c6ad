import { defineConfig } from "vitest/config";

/** The scenarios on the real engine, through one of the two fronts. */
const engine = (front: "dynamic" | "plugin") => ({
  test: {
    name: `engine, ${front} front`,
    include: ["test/engine/**/*.test.ts"],
    globalSetup: ["test/engine/support/setup.ts"],
    provide: { front },
    testTimeout: 120_000,
    hookTimeout: 60_000,
  },
});

export default defineConfig({
  test: {
    // Runs of the engine mostly wait for the server, so more of them than there are cores go side by side.
    maxWorkers: 4,
    projects: [
      {
        test: {
          name: "unit",
          include: ["test/**/*.test.ts"],
          exclude: ["test/engine/**", "**/node_modules/**"],
          testTimeout: 30_000,
        },
      },
      engine("dynamic"),
      engine("plugin"),
    ],
  },
});
