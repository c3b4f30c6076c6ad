import { randomUUID } from "node:crypto";
import type { Json, JsonObject } from "../http/json";
import type { Reply } from "../http/reply";
import type { Route, ServiceRequest } from "../http/service";
import { newUuid } from "../ids";
import { authenticate } from "./authenticate";
import { KeystoneRefusal, unauthorized } from "./errors";
import type { Keystone, Token } from "./keystone";

/** A path of Keystone's API with one of its methods. */
export interface KeystoneRoute extends Route {
  method: string;
  handler: (keystone: Keystone, request: KeystoneRequest) => Reply;
}

type KeystoneRequest = ServiceRequest<KeystoneRoute>;

const domain = { id: "default", name: "Default" };

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

function catalogOf(keystone: Keystone, origin: string, projectId: string): Json {
  const identity = { type: "identity", name: "keystone", url: `${origin}/v3` };
  return [identity, ...keystone.catalog(projectId)].map(({ type, name, url }) => ({
    id: newUuid(),
    type,
    name,
    endpoints: endpoints(url),
  }));
}

function tokenView(keystone: Keystone, origin: string, token: Token): JsonObject {
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
    roles: token.roles.map((role) => ({ id: keystone.roleId(role), name: role })),
    catalog: catalogOf(keystone, origin, token.projectId),
  };
}

function tokenReply(status: number, keystone: Keystone, origin: string, token: Token): Reply {
  return {
    status,
    headers: { "X-Subject-Token": token.value },
    body: { token: tokenView(keystone, origin, token) },
  };
}

function version(origin: string): JsonObject {
  return {
    id: "v3.14",
    status: "stable",
    updated: "2020-04-07T00:00:00Z",
    links: [{ rel: "self", href: `${origin}/v3/` }],
    "media-types": [{ base: "application/json", type: "application/vnd.openstack.identity-v3+json" }],
  };
}

/** The token that another one is asked about. @throws KeystoneRefusal when either does not hold */
function subject(keystone: Keystone, { header }: KeystoneRequest): Token {
  if (keystone.valid(header("x-auth-token")) === undefined) throw unauthorized();
  const token = keystone.valid(header("x-subject-token"));
  if (token === undefined) throw new KeystoneRefusal(404, "Failed to validate token");
  return token;
}

/** Every path that the emulated Keystone answers. */
export const keystoneRoutes: readonly KeystoneRoute[] = [
  {
    method: "GET",
    path: "/",
    handler: (_, { origin }) => ({ status: 300, body: { versions: { values: [version(origin)] } } }),
  },
  {
    method: "GET",
    path: "/v3",
    handler: (_, { origin }) => ({ status: 200, body: { version: version(origin) } }),
  },
  {
    method: "POST",
    path: "/v3/auth/tokens",
    handler: (keystone, { origin, body }) => tokenReply(201, keystone, origin, authenticate(keystone, body)),
  },
  {
    method: "GET",
    path: "/v3/auth/tokens",
    handler: (keystone, request) => tokenReply(200, keystone, request.origin, subject(keystone, request)),
  },
  {
    method: "DELETE",
    path: "/v3/auth/tokens",
    handler(keystone, request) {
      keystone.tokens.delete(subject(keystone, request).value);
      return { status: 204 };
    },
  },
];

/** Answers a request to Keystone; refusals are answers too. */
export function answerKeystone(keystone: Keystone, request: KeystoneRequest): Reply {
  try {
    if (request.route === undefined) throw new KeystoneRefusal(404, "The resource could not be found.");
    return request.route.handler(keystone, request);
  } catch (error) {
    if (!(error instanceof KeystoneRefusal)) throw error;
    return error.reply;
  }
}

/** The headers that every answer of Keystone has. */
export function keystoneHeaders(): Record<string, string> {
  return { Vary: "X-Auth-Token", "x-openstack-request-id": `req-${randomUUID()}` };
}
