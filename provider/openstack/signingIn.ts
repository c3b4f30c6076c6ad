import type { Credentials, Domain } from "./credentials";
import type { Scope } from "./scope";

/** What helps where Keystone refuses credentials. */
export const remedies: Record<Credentials["method"], string> = {
  password: "Check the user, the domain, the project and the password",
  applicationCredential: "Application credentials expire, and are deleted with their user: create a new one",
  token: 'Get a new token: "openstack token issue"',
};

/** Keystone never says what of it was wrong, so all is told that can be. */
export function describe(credentials: Credentials, { project, trust }: Scope): string {
  const target = trust === undefined ? project && `project ${titleOf(project)}` : `trust "${trust}"`;
  const scope = target === undefined ? "" : `, for the ${target}`;
  if (credentials.method === "token") return `with a given token, which may have ended${scope}`;
  if (credentials.method === "password") return `as ${titleOf(credentials.user)} with a password${scope}`;
  if ("id" in credentials) return `with the application credential ${titleOf(credentials)}`;
  return `as ${titleOf(credentials.user)} with the application credential "${credentials.name}"`;
}

/** A user, a project or a credential by what it is named by, with its domain. */
export function titleOf(one: { id: string } | { name: string; domain: Domain }): string {
  if ("id" in one) return `"${one.id}"`;
  return `"${one.name}" (domain "${"id" in one.domain ? one.domain.id : one.domain.name}")`;
}
