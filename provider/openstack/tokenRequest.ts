import type { Access } from "./access";
import type { Credentials } from "./credentials";

/** The body of a request for a token. Identity API v3, "Authentication and token management". */
export function tokenRequest(access: Access): unknown {
  return { auth: { identity: identityOf(access.credentials), ...scopeOf(access) } };
}

function identityOf(credentials: Credentials): Record<string, unknown> {
  switch (credentials.method) {
    case "password": {
      const { user, password } = credentials;
      return { methods: ["password"], password: { user: { ...user, password } } };
    }
    case "applicationCredential": {
      const { method: _method, ...rest } = credentials;
      return { methods: ["application_credential"], application_credential: rest };
    }
    case "token":
      return { methods: ["token"], token: { id: credentials.token } };
  }
}

/** Keystone refuses a scope with an application credential, which is bound to one. */
function scopeOf({ credentials, project, trust }: Access): Record<string, unknown> {
  if (credentials.method === "applicationCredential") return {};
  if (trust !== undefined) return { scope: { "OS-TRUST:trust": { id: trust } } };
  return project === undefined ? {} : { scope: { project } };
}
