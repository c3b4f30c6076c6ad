import type { IncomingHttpHeaders } from "node:http";
import type { Keystone } from "../../keystone/keystone";
import type { Json } from "../../waldur/model";
import { type TrilioFaultAction, troubleFrom } from "../faults";
import type { Guesses } from "../guesses/index";
import type { TrilioWorld } from "../world";
import type { Call } from "./call";
import { type Reply, TrilioRefusal } from "./errors";
import { matchRoute, type Route } from "./routes";

/** A request to Trilio, read but not yet understood. */
export interface TrilioRequest {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: IncomingHttpHeaders;
  body: Json | undefined;
  /** `http://127.0.0.1:PORT` of Keystone, which a 401 names. */
  keystoneOrigin: string;
  action: TrilioFaultAction | undefined;
}

const faultNames: Record<number, string> = {
  400: "badRequest",
  401: "unauthorized",
  403: "forbidden",
  404: "itemNotFound",
  409: "conflictingRequest",
  422: "unprocessableEntity",
};

/** A refusal in the envelope that the guess says (contract 7). */
export function refusal(guesses: Guesses, status: number, message: string): Reply {
  switch (guesses.errorEnvelope) {
    case "error":
      return { status, body: { error: { code: status, title: faultNames[status] ?? "error", message } } };
    case "message":
      return { status, body: { message } };
    case "text":
      return { status, text: { type: "text/plain", content: message } };
    case "html":
      return {
        status,
        text: { type: "text/html", content: `<html><body><h1>${message}</h1></body></html>` },
      };
    default:
      return { status, body: { [faultNames[status] ?? "computeFault"]: { code: status, message } } };
  }
}

/** What the middleware in front of the API answers to a token that does not hold (contract 7). */
function unauthorized(guesses: Guesses, keystoneOrigin: string): Reply {
  const message = "The request you have made requires authentication.";
  const headers = { "WWW-Authenticate": `Keystone uri="${keystoneOrigin}"` };
  switch (guesses.unauthorizedBody) {
    case "text":
      return { status: 401, headers, text: { type: "text/plain", content: "Authentication required" } };
    case "empty":
      return { status: 401, headers };
    default:
      return { status: 401, headers, body: { error: { code: 401, title: "Unauthorized", message } } };
  }
}

function one(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header[0] : header;
}

/** Answers a request to Trilio, and tells who sent it; refusals are answers too. */
export function answerTrilio(
  world: TrilioWorld,
  keystone: Keystone,
  request: TrilioRequest,
): { reply: Reply; actor: string | null } {
  const { guesses } = world;
  const token = keystone.valid(one(request.headers["x-auth-token"]));
  if (token?.projectId === undefined) {
    return { reply: unauthorized(guesses, request.keystoneOrigin), actor: null };
  }
  const actor = keystone.users.get(token.userId)?.name ?? null;
  try {
    const match = matchRoute(request.method, request.path);
    if (match === undefined) throw new TrilioRefusal(404, "The resource could not be found.");
    const { projectId } = token;
    checkHeaders(guesses, request.headers, projectId);
    checkPath(guesses, match.params.tenant, projectId);
    checkQuery(guesses, match.route, request.query);
    const call: Call = {
      world,
      token: { ...token, projectId },
      params: match.params,
      query: request.query,
      body: request.body,
      trouble: troubleFrom(request.action),
      action: request.action,
    };
    return { reply: match.route.handler(call), actor };
  } catch (error) {
    if (!(error instanceof TrilioRefusal)) throw error;
    return { reply: refusal(guesses, error.status, error.message), actor };
  }
}

function checkHeaders(guesses: Guesses, headers: IncomingHttpHeaders, projectId: string): void {
  const project = one(headers["x-auth-project-id"]);
  const missing = guesses.projectHeader !== "optional" && project === undefined;
  if (missing || (guesses.projectHeader === "id" && project !== projectId)) {
    throw new TrilioRefusal(400, "X-Auth-Project-Id must name the project.");
  }
  if (guesses.userAgent === "client" && !headers["user-agent"]?.startsWith("python-workloadmgrclient")) {
    throw new TrilioRefusal(400, "User-Agent must be python-workloadmgrclient.");
  }
}

function checkPath(guesses: Guesses, tenant: string | undefined, projectId: string): void {
  if (tenant === projectId) return;
  throw new TrilioRefusal(guesses.projectMismatchStatus, `The token is not for project ${tenant}.`);
}

function checkQuery(guesses: Guesses, route: Route, query: URLSearchParams): void {
  if (guesses.unknownQuery === "ignored") return;
  const unknown = [...query.keys()].filter((key) => !route.query.includes(key));
  if (unknown.length > 0) throw new TrilioRefusal(400, `Unknown query parameters: ${unknown.join(", ")}.`);
}
