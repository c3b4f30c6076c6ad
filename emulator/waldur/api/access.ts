import { parseUuid } from "../ids";
import type { Row } from "../model";
import { mayWrite, projectOf, seesProject } from "../permissions";
import type { World } from "../world";
import type { Call } from "./call";
import { forbidden, notFound, wrongState } from "./errors";

/** A kind of object that the API reads. */
export interface Kind<T extends Row> {
  /** As the server's messages call one: `No Snapshot matches the given query.` */
  name: string;
  rows(world: World): Map<string, T>;
  /** Whether the user may see it; what one may not see does not exist. */
  isVisible(call: Call, row: T): boolean;
}

/** Visible to whoever sees the project that the row belongs to. */
export function inProject<T>(projectUuid: (row: T) => string): (call: Call, row: T) => boolean {
  return ({ world, user }, row) => seesProject(world, user, projectUuid(row));
}

/** Visible to whoever sees the project of the row's tenant. */
export function inTenant({ world, user }: Call, row: { tenantUuid: string }): boolean {
  return seesProject(world, user, projectOf(world, row.tenantUuid));
}

/** The objects that the user may see. */
export function visible<T extends Row>(call: Call, kind: Kind<T>): T[] {
  return [...kind.rows(call.world).values()].filter((row) => kind.isVisible(call, row));
}

/** The object a path names. @throws Refusal 404 worded like the recorded ones (01), also for what the user may not see */
export function find<T extends Row>(call: Call, kind: Kind<T>): T {
  const row = kind.rows(call.world).get(parseUuid(call.uuid) ?? "");
  if (row === undefined || !kind.isVisible(call, row)) throw notFound(kind.name);
  const trouble = call.world.troubles.get(row.uuid);
  if ((call.method === "GET" || call.method === "HEAD") && trouble?.missingReads) {
    trouble.missingReads -= 1;
    throw notFound(kind.name);
  }
  return row;
}

/** The same for somebody who changes it. @throws Refusal 403 for those who may only read (recording 01) */
export function findToWrite<T extends Row & { tenantUuid: string }>(call: Call, kind: Kind<T>): T {
  const row = find(call, kind);
  if (!mayWrite(call.world, call.user, projectOf(call.world, row.tenantUuid))) throw forbidden();
  return row;
}

/** @throws Refusal 403 for everybody but staff, even before the object is looked up (recording 01: `unlink as outsider`) */
export function requireStaff(call: Call): void {
  if (!call.user.isStaff) throw forbidden();
}

/** @throws Refusal 409 for an object in a state other than these */
export function requireState(row: { state: string }, ...states: readonly string[]): void {
  if (!states.includes(row.state)) throw wrongState(states);
}
