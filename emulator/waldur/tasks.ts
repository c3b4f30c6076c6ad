import type { Snapshot, Volume } from "./model";
import type { Plan } from "./plan";
import type { World } from "./world";

/** Starts an object's tasks. A fault on the request that started them applies to them. */
export function startPlan(world: World, uuid: string, { kind, steps, fail }: Omit<Plan, "startedAt">): void {
  world.noteTrouble(uuid);
  const plan: Plan = { startedAt: world.now(), kind, steps, fail };
  world.plans.set(uuid, plan);
  schedule(world, uuid, plan, 0, steps[0]?.after ?? 0);
}

function schedule(world: World, uuid: string, plan: Plan, index: number, seconds: number): void {
  const factor = world.troubles.get(uuid)?.factor ?? 1;
  world.after(seconds * factor, () => {
    if (world.plans.get(uuid) === plan) runStep(world, uuid, plan, index);
  });
}

function runStep(world: World, uuid: string, plan: Plan, index: number): void {
  const step = plan.steps[index];
  const trouble = plan.kind === "order" ? undefined : world.troubles.get(uuid);
  // A stuck object keeps its plan for ever, so that it stays pending as a real one does.
  if (trouble?.stuck) return;
  const last = index >= plan.steps.length - 1;
  if (step === undefined || (last && trouble?.failWith !== undefined)) {
    world.plans.delete(uuid);
    if (trouble?.failWith !== undefined) plan.fail(trouble.failWith);
    return;
  }
  const result = step.run();
  if (typeof result === "number") schedule(world, uuid, plan, index, result);
  else if (result !== "end" && !last)
    schedule(world, uuid, plan, index + 1, plan.steps[index + 1]?.after ?? 0);
  else if (world.plans.get(uuid) === plan) world.plans.delete(uuid);
}

/** Whether a create must wait for a free slot: only so many of a type are provisioned at a time (recording 21). */
export function provisioningIsFull(world: World, kind: "snapshot" | "volume"): boolean {
  const rows: Map<string, Snapshot | Volume> = kind === "snapshot" ? world.snapshots : world.volumes;
  let busy = 0;
  for (const [uuid, plan] of world.plans) {
    if (plan.kind === kind && rows.get(uuid)?.state === "Creating") busy += 1;
  }
  return busy >= world.rules.maxProvisioning;
}
