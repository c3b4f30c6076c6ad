import { type Json, type JsonObject, objectOf } from "../http/json";
import { KeystoneRefusal, unauthorized } from "./errors";
import type { ApplicationCredential, Keystone, Token, User } from "./keystone";

interface Identified {
  user: User;
  methods: string[];
  /** The project that the means of identification is bound to. */
  bound?: string | undefined;
}

/** Keystone's one domain, by id or name; absent where the user or project is given by id. */
function inDomain(owner: JsonObject): boolean {
  const domain = objectOf(owner.domain);
  if (owner.id !== undefined) return true;
  return domain !== undefined && (domain.id === "default" || domain.name === "Default");
}

function withPassword(keystone: Keystone, identity: JsonObject): Identified {
  const given = objectOf(objectOf(identity.password)?.user);
  if (given === undefined) throw new KeystoneRefusal(400, "Expecting to find user in password.");
  const user = inDomain(given) ? keystone.user(given.id, given.name) : undefined;
  if (user === undefined || user.password !== given.password) throw unauthorized();
  return { user, methods: ["password"] };
}

function withToken(keystone: Keystone, identity: JsonObject): Identified {
  const value = objectOf(identity.token)?.id;
  const token = keystone.valid(typeof value === "string" ? value : undefined);
  const user = token && keystone.users.get(token.userId);
  if (token === undefined || user === undefined) throw unauthorized();
  return { user, methods: ["token", ...token.methods.filter((method) => method !== "token")] };
}

function withApplicationCredential(keystone: Keystone, identity: JsonObject): Identified {
  const given = objectOf(identity.application_credential);
  if (given === undefined) throw new KeystoneRefusal(400, "Expecting to find application_credential.");
  const credential = credentialOf(keystone, given);
  const user = credential && keystone.users.get(credential.userId);
  if (credential === undefined || user === undefined || credential.secret !== given.secret) {
    throw unauthorized();
  }
  return { user, methods: ["application_credential"], bound: credential.projectId };
}

function credentialOf(keystone: Keystone, given: JsonObject): ApplicationCredential | undefined {
  if (typeof given.id === "string") return keystone.applicationCredentials.get(given.id);
  const owner = objectOf(given.user);
  const user = owner && inDomain(owner) ? keystone.user(owner.id, owner.name) : undefined;
  return [...keystone.applicationCredentials.values()].find(
    ({ name, userId }) => name === given.name && userId === user?.id,
  );
}

/**
 * `POST /v3/auth/tokens`: a token for a password, an application credential or another token.
 * @throws KeystoneRefusal
 */
export function authenticate(keystone: Keystone, body: Json | undefined): Token {
  const auth = objectOf(objectOf(body)?.auth);
  const identity = objectOf(auth?.identity);
  const methods = identity?.methods;
  if (auth === undefined || identity === undefined || !Array.isArray(methods)) {
    throw new KeystoneRefusal(400, "Expecting to find auth.identity.methods in the request body.");
  }
  const by = methods.includes("application_credential")
    ? withApplicationCredential
    : methods.includes("password")
      ? withPassword
      : withToken;
  const { user, methods: used, bound } = by(keystone, identity);
  const scope = objectOf(objectOf(auth.scope)?.project);
  if (bound !== undefined) {
    if (scope !== undefined) {
      throw new KeystoneRefusal(401, "Application credentials cannot request a scope.");
    }
    return keystone.issue(user, bound, used);
  }
  if (scope === undefined) return keystone.issue(user, undefined, used);
  const project = inDomain(scope) ? keystone.project(scope.id, scope.name) : undefined;
  if (project === undefined || user.roles[project.id] === undefined) throw unauthorized();
  return keystone.issue(user, project.id, used);
}
