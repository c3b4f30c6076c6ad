import { parseUuid } from "../../ids";
import type { Row, Snapshot, Volume } from "../model";
import { mayWrite, projectOf, seesProject } from "../permissions";
import type { Call } from "./call";
import { forbidden, notFound } from "./errors";

/** The object a path names, or a 404 worded like the recorded ones (01); what the user may not see is a 404 too. */
export function findRow<T extends Row>(
  call: Call,
  rows: Map<string, T>,
  kind: string,
  projectUuid: (row: T) => string,
): T {
  const row = rows.get(parseUuid(call.uuid) ?? "");
  if (row === undefined || !seesProject(call.world, call.user, projectUuid(row))) throw notFound(kind);
  const trouble = call.world.troubles.get(row.uuid);
  if ((call.method === "GET" || call.method === "HEAD") && trouble?.missingReads) {
    trouble.missingReads -= 1;
    throw notFound(kind);
  }
  return row;
}

/** The snapshot a path names. */
export function findSnapshot(call: Call): Snapshot {
  return findRow(call, call.world.snapshots, "Snapshot", (row) => projectOf(call.world, row.tenantUuid));
}

/** The volume a path names. */
export function findVolume(call: Call): Volume {
  return findRow(call, call.world.volumes, "Volume", (row) => projectOf(call.world, row.tenantUuid));
}

/** 403 for those who may only read (recording 01). */
export function requireWriter(call: Call, tenantUuid: string): void {
  if (!mayWrite(call.world, call.user, projectOf(call.world, tenantUuid))) throw forbidden();
}

/** 403 for everybody but staff, checked even before the object is looked up (recording 01: `unlink as outsider`). */
export function requireStaff(call: Call): void {
  if (!call.user.isStaff) throw forbidden();
}
