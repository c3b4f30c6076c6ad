import { createHash } from "node:crypto";
import type { Role } from "../model";
import { type Actor, actors } from "../permissions";
import type { World } from "../world";
import type { SeedIds } from "./ids";
import type { Seed } from "./seed";

/** The password that every actor can log in with (recording 20). */
export const seedPassword = "local-only-pass";

const inProject: Partial<Record<Actor, Role>> = { admin: "admin", manager: "manager", member: "member" };
const inCustomer: Partial<Record<Actor, Role>> = { owner: "owner", customersupport: "customersupport" };

/** Adds the people of the recordings. */
export function addUsers(world: World, seed: Seed, ids: SeedIds): void {
  // Staff is the first user of the recorded server, the owner the second (`created_by_civil_number`, recording 15).
  const order: Actor[] = ["staff", ...actors.filter((actor) => actor !== "staff")];
  for (const [index, actor] of order.entries()) {
    const row = world.newRow("user", actor);
    world.users.set(row.uuid, {
      ...row,
      username: actor,
      fullName: `${actor} Local`,
      civilNumber: `${index + 1}`.padStart(8, "0"),
      token: seed.tokens[actor] ?? tokenFor(actor),
      password: seedPassword,
      isStaff: actor === "staff",
      isSupport: actor === "support",
      roles: rolesOf(actor, ids),
    });
  }
}

function rolesOf(actor: Actor, ids: SeedIds): Record<string, Role> {
  const [project, customer] = [inProject[actor], inCustomer[actor]];
  return {
    ...(project === undefined ? {} : { [ids.project]: project }),
    ...(customer === undefined ? {} : { [ids.customer]: customer }),
  };
}

/** A token that looks like Waldur's (40 hex digits) and is the same at every start. */
function tokenFor(actor: Actor): string {
  return createHash("sha1").update(`waldur emulator ${actor}`).digest("hex");
}

/** All actors' tokens in a world. */
export function tokensOf(world: World): Record<Actor, string> {
  const users = [...world.users.values()];
  const entries = actors.map((actor) => [actor, users.find((user) => user.username === actor)?.token ?? ""]);
  return Object.fromEntries(entries) as Record<Actor, string>;
}
