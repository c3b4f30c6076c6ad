import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "vitest";
import type { Declared, Stack } from "../../engine/support/stack";
import { type Deployment, kindOf, ownResources, type RecordedResource, type Recording } from "./deployment";
import { filled, filledDeployment } from "./fill";
import { argumentsToday, outputsToday } from "./names";
import { type ByHand, plant } from "./plant";
import { notedToday, secretMark } from "./prints";

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
export async function expectSame({ stack, program, deployment }: Upgrade): Promise<void> {
  const before = ownResources(deployment);
  const unfinished = Object.keys(before).filter((name) => before[name]?.initErrors);
  // A dynamic provider leaves outputs by their former names until something is updated.
  const renames = !Object.values(before).some(({ type }) => type.startsWith("pulumi-nodejs:"));
  const first = inFirstRun(deployment, renames);
  expect((await stack.preview()).changes).toEqual(first);
  expect((await stack.up()).changes).toEqual(first);
  const after = stack.resources();
  for (const [name, resource] of Object.entries(before)) {
    if (!unfinished.includes(name)) expectUnchanged(name, today(after[name]), today(resource));
    expect(after[name]?.id, name).toBe(resource.id);
    expect(after[name]?.initErrors, name).toBeUndefined();
  }
  await expectAllSame(stack, deployment);
  // A program that calls everything as it is called today declares the same.
  stack.declare(program.map((declared) => programToday(declared)));
  expect((await stack.up()).changes).toEqual({
    same: deployment.deployment.resources.filter(isManaged).length,
  });
}

/** A resource as today's names have it. */
function today(resource: RecordedResource = { urn: "", type: "" }): RecordedResource {
  const { type, inputs, outputs, ...others } = resource;
  const kind = kindOf(type) ?? "";
  return {
    ...others,
    type,
    ...(inputs ? { inputs: argumentsToday(kind, inputs) } : {}),
    ...(outputs ? { outputs: outputsToday(kind, outputs) } : {}),
  };
}

function programToday(declared: Declared): Declared {
  if (declared.args === undefined) return declared;
  const kind = declared.type.includes(":") ? declared.type : `waldur:${declared.type}`;
  return { ...declared, args: argumentsToday(kind, declared.args) };
}

/**
 * Runs a stack once through whose state is of the other front: nothing is made, replaced or deleted, and from the first
 * run on everything is the same.
 */
export async function expectTakenOver({ stack, deployment }: Upgrade): Promise<void> {
  const read = deployment.deployment.resources.filter(({ external }) => external).length;
  // What is only read has no alias, so it is read under its new name, and its old one is forgotten.
  const { changes } = await stack.up();
  const { read: _, ...first } = inFirstRun(deployment, true);
  expect(changes).toEqual({ ...first, ...(read > 0 ? { discard: read } : {}) });
  const after = stack.resources();
  for (const [name, { id }] of Object.entries(ownResources(deployment)))
    expect(after[name]?.id, name).toBe(id);
  await expectAllSame(stack, deployment);
}

/** A refresh and another `up` find nothing. */
async function expectAllSame(stack: Stack, { deployment: { resources } }: Deployment): Promise<void> {
  const after = stack.resources();
  const managed = resources.filter(isManaged).length;
  const read = resources.filter(({ external }) => external).length;
  expect((await stack.refresh()).changes).toEqual({ same: managed + read });
  // It has what was called otherwise under today's names.
  for (const [name, resource] of Object.entries(stack.resources()))
    expectUnchanged(name, resource, today(after[name]));
  expect((await stack.up()).changes).toEqual({ same: managed });
}

/**
 * The summary of the first run: an update of what is unfinished, and nothing else.
 *
 * @param renames whether what has outputs that are called otherwise today is updated too
 */
function inFirstRun(
  { deployment: { resources } }: Deployment,
  renames: boolean,
): Partial<Record<"same" | "update" | "read", number>> {
  const all = resources.filter(isManaged).length;
  const updated = resources.filter(
    (each) => isManaged(each) && (each.initErrors || (renames && isOutdated(each))),
  ).length;
  // What is only read is read again at every run, and what has come of it is told where it is another.
  const read = resources.filter((each) => each.external && isOutdated(each)).length;
  return {
    ...(all > updated ? { same: all - updated } : {}),
    ...(updated > 0 ? { update: updated } : {}),
    ...(read > 0 ? { read } : {}),
  };
}

function isOutdated({ type, outputs = {} }: RecordedResource): boolean {
  const named = outputsToday(kindOf(type) ?? "", outputs);
  return Object.keys(named).some((name) => !(name in outputs));
}

/** Whether the summary of an `up` counts a resource. */
function isManaged({ type, external }: RecordedResource): boolean {
  return !external && !type.startsWith("pulumi:providers:");
}

/**
 * Neither arguments nor outputs are others. Secrets are encrypted again at each run, so they are not compared; nor is
 * what a dynamic provider keeps in the state, which is nothing to the plugin. Prints of secret arguments become a
 * secret with the next refresh or change.
 */
function expectUnchanged(name: string, now?: RecordedResource, before?: RecordedResource): void {
  const [one, other] = [now, before].map((each) => withoutSecrets(each) as RecordedResource);
  const { __context, __provider, __applied, ...outputs } = other?.outputs ?? {};
  const hides = one?.outputs?.__applied === hidden && Object.values(other?.inputs ?? {}).includes(hidden);
  const prints = hides ? hidden : __applied;
  expect(one?.outputs, name).toMatchObject({ ...outputs, ...(prints ? { __applied: prints } : {}) });
  // What was just imported has the arguments that would declare it as it is; those of the program come with a check.
  const noted = other?.inputs?.forPolicies;
  if (noted === undefined) return;
  const inputs = { ...other?.inputs, forPolicies: notedToday(noted) };
  const travelling = { __context: undefined, __provider: undefined };
  expect({ ...one?.inputs, ...travelling }, name).toEqual({ ...inputs, ...travelling });
}

/** What stands for a secret here. */
const hidden = "a secret";

function withoutSecrets(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutSecrets);
  if (typeof value !== "object" || value === null) return value;
  if (secretMark in value) return hidden;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withoutSecrets(inner)]));
}
