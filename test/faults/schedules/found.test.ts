import { expect, it } from "vitest";
import type { Fault } from "./kinds";
import { runSchedule } from "./runs/run";
import type { Schedule, Step } from "./runs/schedule";

/** An `up` right after what was before. */
const up: Step = { act: "up", variant: 0, gapMs: 1000, skewMs: 0 };

/** A schedule of one resource in the plugin, but for what is given. */
function schedule(type: string, parts: Partial<Schedule> = {}): Schedule {
  const usual = { seed: 1, front: "plugin", count: 1, names: "own", kept: false } as const;
  return { ...usual, type, approvalMs: undefined, pageLength: undefined, steps: [up], faults: [], ...parts };
}

/** A fault that hits the first request in its scope. */
function first(scope: Fault["scope"], carry: Fault["carry"]): Fault {
  return { kind: "found", label: "found", scope, skip: 0, times: 1, carry };
}

const swallowed = {
  status: 200,
  headers: { "content-type": "application/json" },
  body: '{"detail": "seen"}',
};

it("an attachment that a proxy took for itself is made by the next up", async () => {
  const faults = [first("write", async () => ({ answer: swallowed }))];
  const { violations } = await runSchedule(schedule("waldur:VolumeAttachment", { faults }));
  expect(violations).toEqual([]);
});
