import { defineConfig } from "vitest/config";

/** The root of this repository. */
const root = new URL("../../../..", import.meta.url).pathname;

/** Records through one front, on the emulators or on the real Cinder, which has to be started. */
const recorder = (front: "dynamic" | "plugin", servers: "emulators" | "cinder") => ({
  root,
  test: {
    name: `${servers}, ${front} front`,
    include: [
      `test/support/recordedStates/record/${servers === "cinder" ? "cinder" : "{waldur,trilio}"}.record.ts`,
    ],
    globalSetup: [
      "test/engine/support/setup.ts",
      ...(servers === "cinder" ? ["test/cinder/service/setup.ts"] : []),
    ],
    provide: { front },
    testTimeout: 600_000,
    hookTimeout: 300_000,
  },
});

export default defineConfig({
  root,
  test: {
    maxWorkers: 1,
    projects: (["dynamic", "plugin"] as const).flatMap((front) => [
      recorder(front, "emulators"),
      recorder(front, "cinder"),
    ]),
  },
});
