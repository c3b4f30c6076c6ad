import type { Call } from "./call";
import { notFound, TrilioRefusal } from "./errors";

/** Whether somebody asks for every project's objects, and may. @throws TrilioRefusal 403 by the guess */
export function everyProject({ world, token, query }: Call, parameter: string): boolean {
  if (!["true", "1"].includes((query.get(parameter) ?? "").toLowerCase())) return false;
  if (token.roles.includes("admin")) return true;
  if (world.guesses.allByNonAdmin === "ignored") return false;
  throw new TrilioRefusal(403, "Policy doesn't allow the objects of all projects to be listed.");
}

/** @throws TrilioRefusal for those who may only read (contract 7) */
export function requireMember({ world, token }: Call, policy: string): void {
  if (token.roles.some((role) => role !== "reader")) return;
  const { policyStatus } = world.guesses;
  throw new TrilioRefusal(policyStatus, `Policy doesn't allow ${policy} to be performed.`);
}

/**
 * Checks the workload that a nested path names.
 * @param workloadId the one that the object belongs to
 * @throws TrilioRefusal 404 for another, by the guess
 */
export function checkWorkload({ world, params }: Call, workloadId: string): void {
  const named = params.workloadId ?? workloadId;
  if (named !== workloadId && world.guesses.nestedPathWorkload === "checked") {
    throw notFound("Workload", named);
  }
}
