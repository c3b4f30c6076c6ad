import { randomUUID } from "node:crypto";

/** A new id as Waldur and Keystone write it: 32 hex digits without dashes (contract "uuid"). */
export function newUuid(): string {
  return randomUUID().replaceAll("-", "");
}
