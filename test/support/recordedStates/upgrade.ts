import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "vitest";
import type { Declared, Stack } from "../../engine/support/stack";
import { type Deployment, ownResources, type RecordedResource, type Recording } from "./deployment";
import { filled, filledDeployment } from "./fill";
import { type ByHand, plant } from "./plant";
import { secretMark } from "./prints";

/** A stack that holds a recorded state, whose objects are on the server. */
export interface Upgrade {
  stack: Stack;
  program: Declared[];
  deployment: Deployment;
}

/** Makes what a recording says is there, and has an empty stack hold its state and declare its program. */
export async function takeUp(stack: Stack, byHand: ByHand, recorded: Recording): Promise<Upgrade> {
  const documents = await plant(byHand, recorded.deployment);
  const deployment = filledDeployment(recorded.deployment, documents);
  const program = filled(recorded.program, documents);
  const folder = mkdtempSync(join(tmpdir(), "openstack-snapshots-state-"));
  try {
    const file = join(folder, "state.json");
    writeFileSync(file, JSON.stringify(deployment));
    await stack.pulumi("stack", "import", "--file", file);
  } finally {
    rmSync(folder, { recursive: true });
  }
  stack.declare(program);
  return { stack, program, deployment };
}

/**
 * Runs an upgraded stack once through: what the earlier version left whole is the same in every run, with the same
 * arguments and outputs; what it left unfinished is gone on with, once, under the same id.
 */
export async function expectSame({ stack, deployment }: Upgrade): Promise<void> {
  const before = ownResources(deployment);
  const unfinished = Object.keys(before).filter((name) => before[name]?.initErrors);
  const whole = Object.keys(before).filter((name) => !unfinished.includes(name));
  const all = deployment.deployment.resources.filter(counted).length;
  const first = {
    same: all - unfinished.length,
    ...(unfinished.length > 0 ? { update: unfinished.length } : {}),
  };

  expect((await stack.preview()).changes).toEqual(first);
  expect((await stack.up()).changes).toEqual(first);
  expect(shown(stack.resources(), whole)).toEqual(shown(before, whole));
  const after = shown(stack.resources());
  for (const name of unfinished) {
    expect(after[name]?.id).toBe(before[name]?.id);
    expect(after[name]?.initErrors ?? []).toEqual([]);
  }
  expect((await stack.refresh()).changes).toEqual({ same: all });
  expect(shown(stack.resources())).toEqual(after);
  expect((await stack.up()).changes).toEqual({ same: all });
}

/**
 * Runs a stack once through whose state is of the other front: nothing is made, replaced or deleted, and from the first
 * run on everything is the same.
 */
export async function expectTakenOver({ stack, deployment }: Upgrade): Promise<void> {
  const ids = (resources: Record<string, RecordedResource>) =>
    Object.fromEntries(Object.entries(resources).map(([name, { id }]) => [name, id]));
  const { changes } = await stack.up();
  console.log(changes);
  expect(changes).toEqual({ same: expect.any(Number), update: expect.any(Number) });
  expect(ids(stack.resources())).toEqual(ids(ownResources(deployment)));
  const all = deployment.deployment.resources.filter(counted).length;
  expect((await stack.refresh()).changes).toEqual({ same: all });
  expect((await stack.up()).changes).toEqual({ same: all });
}

/** Whether the summary of a run counts a resource. */
function counted({ type, external }: RecordedResource): boolean {
  return !external && !type.startsWith("pulumi:providers:");
}

/** What must not change of resources, by their names; secrets, which are encrypted anew at each run, as just that. */
function shown(
  resources: Record<string, RecordedResource>,
  names = Object.keys(resources),
): Record<string, Pick<RecordedResource, "id" | "inputs" | "outputs" | "initErrors">> {
  const entries = names.map((name) => {
    const { id, inputs, outputs, initErrors } = withoutSecrets(resources[name]) as RecordedResource;
    return [name, { id, inputs, outputs, initErrors }];
  });
  return Object.fromEntries(entries);
}

function withoutSecrets(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutSecrets);
  if (typeof value !== "object" || value === null) return value;
  if (secretMark in value) return "a secret";
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withoutSecrets(inner)]));
}
