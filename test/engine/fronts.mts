import { existsSync } from "node:fs";

/** A way for a resource to reach Pulumi. */
export type Front = "dynamic" | "plugin";

/** Whether everything goes through both fronts, whatever the table says: `FRONTS=all`. */
const everything = process.env.FRONTS === "all";

/**
 * The front that the scenarios of a file go through. A file that is not named goes through both: that is where the
 * fronts differ, as in imports (of Waldur), previews, secrets, cancellation, explicit providers, what is kept of a create
 * that was not done, and errors. What a server and a lifecycle do is the same in both, so of those files each front has about
 * half, by the time that they take; that both fronts hand everything through is what `test/fronts/contract` shows.
 */
const assigned: Record<string, Front> = {
  "test/engine/attachments.test.ts": "plugin",
  "test/engine/drift.test.ts": "dynamic",
  "test/engine/examples.test.ts": "plugin",
  "test/engine/failures.test.ts": "dynamic",
  "test/engine/lifecycle.test.ts": "dynamic",
  "test/engine/lostAnswers.test.ts": "plugin",
  "test/engine/orders.test.ts": "dynamic",
  "test/engine/orphans.test.ts": "plugin",
  "test/engine/replacements.test.ts": "dynamic",
  "test/engine/retention.test.ts": "plugin",
  "test/engine/sharing.test.ts": "dynamic",
  "test/engine/toolchains.test.ts": "dynamic",
  "test/engine/trilio.test.ts": "plugin",
  "test/engine/trilioPrograms.test.ts": "plugin",
  "test/cinder/scenarios/bulkImport.test.ts": "plugin",
  "test/cinder/scenarios/failures.test.ts": "plugin",
  "test/cinder/scenarios/faults.test.ts": "plugin",
  "test/cinder/scenarios/imports.test.ts": "plugin",
  "test/cinder/scenarios/lifecycle.test.ts": "dynamic",
  "test/cinder/scenarios/ownCinder.test.ts": "plugin",
  "test/cinder/scenarios/retention.test.ts": "dynamic",
  "test/cinder/scenarios/scale.test.ts": "plugin",
  "test/cinder/scenarios/signIn.test.ts": "plugin",
  // Of the plugin alone, or of no front at all.
  "test/engine/cancel.test.ts": "plugin",
  "test/engine/fronts.test.ts": "plugin",
  "test/engine/plugin.test.ts": "plugin",
  "test/engine/schema.test.ts": "plugin",
};

/**
 * The files in whose scenarios the engine starts every process as with a user, since the start, the end and the isolation
 * of processes, or what a user reads of them, is what they are about. In the others it uses providers that stand
 * already, unless everything is asked for.
 */
export const asWithUsers: readonly string[] | "all" = everything
  ? "all"
  : [
      "test/engine/examples.test.ts",
      "test/engine/plugin.test.ts",
      "test/engine/secrets.test.ts",
      "test/engine/toolchains.test.ts",
    ];

/** The files of scenarios that do not go through this front, by their paths from the root of the repository. */
export function leftOut(front: Front): string[] {
  const gone = Object.keys(assigned).filter((file) => !existsSync(new URL(`../../${file}`, import.meta.url)));
  if (gone.length > 0)
    throw new Error(`test/engine/fronts.mts names files that are gone: ${gone.join(", ")}`);
  if (everything) return [];
  return Object.entries(assigned).flatMap(([file, only]) => (only === front ? [] : [file]));
}
