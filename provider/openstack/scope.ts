import { wrongSetting } from "../core/backend";
import { type Domain, domain } from "./credentials";
import { text } from "./entry";
import type { Gathered } from "./gather";
import type { OpenStackSettings } from "./settings";

/** A project of Keystone: an id says it all, a name needs its domain. */
export type Project = { id: string } | { name: string; domain: Domain };

/** What a token is asked for; neither: what the credentials are bound to. */
export interface Scope {
  project?: Project | undefined;
  /** Id of a trust, which has a project of its own. */
  trust?: string | undefined;
}

/**
 * What to ask a token for.
 *
 * @throws UserError where several things are named, and for the whole system, which has no volumes
 */
export function readScope(gathered: Gathered): Scope {
  const { settings, keys, named, method, wrong } = gathered;
  const { projectId, projectName, trustId: trust } = settings;
  const system = text(keys.system_scope);
  if (system !== undefined) {
    throw wrongSetting(
      "projectName",
      `${named("system_scope")} is "${system}", which is not supported: volumes and snapshots belong to a project. Leave it ` +
        `out, and name a project`,
    );
  }
  if (trust !== undefined) {
    const other = projectId ?? projectName;
    if (other !== undefined) {
      throw wrong(
        "trustId",
        `the trust "${trust}" has a project of its own: leave out the project "${other}"`,
      );
    }
    if (method === "applicationCredential") {
      throw wrong(
        "trustId",
        `an application credential cannot act by the trust "${trust}": leave out one of them`,
      );
    }
    return { project: undefined, trust };
  }
  const project = projectOf(settings);
  const domainKey = ["domain_id", "domain_name"].find((key) => text(keys[key]) !== undefined);
  // Whatever else is missing is told first.
  if (domainKey !== undefined && project === undefined && method === "password" && settings.password) {
    throw wrongSetting(
      "projectName",
      `${named(domainKey)} without a project asks for a token of the domain, which is not supported: volumes and ` +
        "snapshots belong to a project. Name a project",
    );
  }
  return { project, trust };
}

function projectOf(settings: OpenStackSettings): Project | undefined {
  const { projectId, projectName, projectDomainId, projectDomainName } = settings;
  if (projectId) return { id: projectId };
  return projectName ? { name: projectName, domain: domain(projectDomainId, projectDomainName) } : undefined;
}
