import type { Project, Role, User } from "./model";
import type { World } from "./world";

/** The people of the recordings (01). */
export const actors = [
  "owner",
  "staff",
  "admin",
  "manager",
  "member",
  "support",
  "customersupport",
  "outsider",
] as const;

/** One of them. */
export type Actor = (typeof actors)[number];

/** Roles that may change volumes and snapshots, and whose orders need nobody else (recordings 01, 15, 20). */
const writers: readonly Role[] = ["owner", "manager", "admin"];

/** The roles a user holds for a project: in it, or in its organisation. */
function rolesFor(user: User, project: Project): Role[] {
  const roles: Role[] = [];
  for (const scope of [project.uuid, project.customerUuid]) {
    const role = user.roles[scope];
    if (role !== undefined) roles.push(role);
  }
  return roles;
}

/** Whether a user sees what belongs to a project. Staff and support see everything (recording 01). */
export function seesProject(world: World, user: User, projectUuid: string): boolean {
  if (user.isStaff || user.isSupport) return true;
  const project = world.projects.get(projectUuid);
  return project !== undefined && rolesFor(user, project).length > 0;
}

/** Whether a user may change what belongs to a project, and approve orders in it. */
export function mayWrite(world: World, user: User, projectUuid: string): boolean {
  if (user.isStaff) return true;
  const project = world.projects.get(projectUuid);
  return project !== undefined && rolesFor(user, project).some((role) => writers.includes(role));
}

/** Whether a user may order in a project; members and customer support may, but then somebody must approve (recording 15). */
export function mayOrder(world: World, user: User, projectUuid: string): boolean {
  if (user.isStaff) return true;
  const project = world.projects.get(projectUuid);
  return project !== undefined && rolesFor(user, project).length > 0;
}

/** The project of a tenant, or an empty string. */
export function projectOf(world: World, tenantUuid: string): string {
  return world.tenants.get(tenantUuid)?.projectUuid ?? "";
}
