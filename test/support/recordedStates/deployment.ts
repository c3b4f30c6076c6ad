import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Declared } from "../../engine/support/stack";

/** A resource as `pulumi stack export` writes it; what tests do not look at is kept as it is. */
export interface RecordedResource {
  urn: string;
  type: string;
  id?: string;
  /** Only read, not managed. */
  external?: boolean;
  /** Why its last create or update did not come to its end. */
  initErrors?: string[];
  inputs?: Record<string, unknown>;
  outputs?: Record<string, unknown>;
}

/** What `pulumi stack export` writes and `pulumi stack import` reads. */
export interface Deployment {
  version: number;
  deployment: { resources: RecordedResource[] };
}

/** The state that a version of the package left, and the program that it left it of. Ids, addresses and times are placeholders. */
export interface Recording {
  program: Declared[];
  deployment: Deployment;
}

/** Who can have left a state: a version of the package, through one of the two fronts. */
export interface Origin {
  version: string;
  front: "dynamic" | "plugin";
}

/** Where the recordings are: a folder for each version. */
export const folder = join(__dirname, "..", "..", "recordings", "states");

/** Reads a recording. @param name of the stack, e.g. `waldur` */
export function recording({ version, front }: Origin, name: string): Recording {
  return { program: programOf(version, name), deployment: read(version, front, name) };
}

/** The program of a recording. Both fronts have the same. */
export function programOf(version: string, name: string): Declared[] {
  return read(version, "programs", name);
}

/** The requests that started the restores of a recording of Trilio, by the names of the restores. */
export function recordedBodies({ version, front }: Origin, name: string): Record<string, object> {
  return read(version, front, `${name}.bodies`);
}

function read(version: string, part: string, name: string) {
  return JSON.parse(readFileSync(join(folder, version, part, `${name}.json`), "utf8"));
}

/** The resources of the package in a deployment, by their names in the program. */
export function ownResources({ deployment }: Deployment): Record<string, RecordedResource> {
  const own = deployment.resources.filter(({ type }) => kindOf(type) !== undefined);
  return Object.fromEntries(own.map((resource) => [resource.urn.split("::").at(-1) ?? "", resource]));
}

/** Module and name of a resource of the package in either front, e.g. `waldur:Snapshot`. @param type Pulumi's */
export function kindOf(type: string): string | undefined {
  return /openstack-snapshots[/:](\w+:\w+)$/.exec(type)?.[1];
}
