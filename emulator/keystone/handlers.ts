import { newUuid } from "../ids";
import type { Reply } from "../trilio/api/errors";
import type { Guesses } from "../trilio/guesses/index";
import type { Json, JsonObject } from "../waldur/model";
import { authenticate, KeystoneRefusal } from "./authenticate";
import type { Keystone, Token } from "./keystone";

const domain = { id: "default", name: "Default" };
const roleIds: Record<string, string> = {};

/** A request to Keystone. */
export interface KeystoneCall {
  keystone: Keystone;
  guesses: Guesses;
  /** `http://127.0.0.1:PORT` of Keystone and of Trilio. */
  origins: { keystone: string; trilio: string };
  /** The value of a header, in lower case. */
  header(name: string): string | undefined;
  body: Json | undefined;
}

function keystoneTime(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}.000000Z`;
}

function endpoints(url: string): Json {
  return ["public", "internal", "admin"].map((kind) => ({
    id: newUuid(),
    interface: kind,
    region: "RegionOne",
    region_id: "RegionOne",
    url,
  }));
}

function catalogOf({ guesses, origins }: KeystoneCall, projectId: string): Json {
  const trilio = `${origins.trilio}/v1/${projectId}`;
  const identity = { type: "identity", name: "keystone", endpoints: endpoints(`${origins.keystone}/v3`) };
  const workloads = { type: guesses.catalogType, name: guesses.catalogName, endpoints: endpoints(trilio) };
  return [identity, workloads].map((service) => ({ id: newUuid(), ...service }));
}

function tokenView(call: KeystoneCall, token: Token): JsonObject {
  const { keystone } = call;
  const user = keystone.users.get(token.userId);
  const view: JsonObject = {
    methods: token.methods,
    user: { domain, id: token.userId, name: user?.name ?? "", password_expires_at: null },
    audit_ids: [token.value.slice(-22)],
    issued_at: keystoneTime(token.issuedAt),
    expires_at: keystoneTime(token.expiresAt),
  };
  if (token.projectId === undefined) return view;
  const name = keystone.projects.get(token.projectId)?.name ?? "";
  return {
    ...view,
    project: { domain, id: token.projectId, name },
    is_domain: false,
    roles: token.roles.map((role) => ({ id: idOfRole(role), name: role })),
    catalog: catalogOf(call, token.projectId),
  };
}

function idOfRole(role: string): string {
  roleIds[role] ??= newUuid();
  return roleIds[role];
}

function version({ origins }: KeystoneCall): JsonObject {
  return {
    id: "v3.14",
    status: "stable",
    updated: "2020-04-07T00:00:00Z",
    links: [{ rel: "self", href: `${origins.keystone}/v3/` }],
    "media-types": [{ base: "application/json", type: "application/vnd.openstack.identity-v3+json" }],
  };
}

function create(call: KeystoneCall): Reply {
  const token = authenticate(call.keystone, call.body);
  return {
    status: 201,
    headers: { "X-Subject-Token": token.value },
    body: { token: tokenView(call, token) },
  };
}

/** The token that another one is asked about. @throws KeystoneRefusal when either does not hold */
function subject({ keystone, header }: KeystoneCall): Token {
  if (keystone.valid(header("x-auth-token")) === undefined) {
    throw new KeystoneRefusal(401, "The request you have made requires authentication.");
  }
  const token = keystone.valid(header("x-subject-token"));
  if (token === undefined) throw new KeystoneRefusal(404, "Failed to validate token");
  return token;
}

function validate(call: KeystoneCall): Reply {
  const token = subject(call);
  return {
    status: 200,
    headers: { "X-Subject-Token": token.value },
    body: { token: tokenView(call, token) },
  };
}

function revoke(call: KeystoneCall): Reply {
  call.keystone.tokens.delete(subject(call).value);
  return { status: 204 };
}

const handlers: Record<string, (call: KeystoneCall) => Reply> = {
  "GET /": (call) => ({ status: 300, body: { versions: { values: [version(call)] } } }),
  "GET /v3": (call) => ({ status: 200, body: { version: version(call) } }),
  "POST /v3/auth/tokens": create,
  "GET /v3/auth/tokens": validate,
  "DELETE /v3/auth/tokens": revoke,
};

/** The name of the route of a request, e.g. `POST /v3/auth/tokens`, or undefined. */
export function keystoneRoute(method: string, path: string): string | undefined {
  const name = `${method} ${path.length > 1 ? path.replace(/\/$/, "") : path}`;
  return Object.hasOwn(handlers, name) ? name : undefined;
}

/** Answers a request to Keystone; refusals are answers too. */
export function answerKeystone(route: string | undefined, call: KeystoneCall): Reply {
  try {
    const handler = route === undefined ? undefined : handlers[route];
    if (handler === undefined) throw new KeystoneRefusal(404, "The resource could not be found.");
    return handler(call);
  } catch (error) {
    if (!(error instanceof KeystoneRefusal)) throw error;
    const { status, message } = error;
    const title = { 400: "Bad Request", 401: "Unauthorized", 404: "Not Found" }[status];
    return { status, body: { error: { code: status, title, message } } };
  }
}
