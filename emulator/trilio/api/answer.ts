import type { Reply } from "../../http/reply";
import type { ServiceRequest } from "../../http/service";
import type { Keystone } from "../../keystone/keystone";
import { type TrilioFault, troubleFrom } from "../faults";
import type { Guesses } from "../guesses/index";
import type { TrilioWorld } from "../world";
import { TrilioRefusal } from "./errors";
import type { TrilioRoute } from "./routes";

type TrilioRequest = ServiceRequest<TrilioRoute>;

const faultNames: Record<number, string> = {
  400: "badRequest",
  401: "unauthorized",
  403: "forbidden",
  404: "itemNotFound",
  409: "conflictingRequest",
  422: "unprocessableEntity",
};

/** A refusal in the envelope that the guess says (contract 7). */
function refusal(guesses: Guesses, status: number, message: string): Reply {
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

/**
 * Answers a request to Trilio, and tells who sent it; refusals are answers too.
 * @param keystoneOrigin `http://127.0.0.1:PORT` of Keystone, which a 401 names
 */
export function answerTrilio(
  world: TrilioWorld,
  keystone: Keystone,
  keystoneOrigin: string,
  request: TrilioRequest,
  fault: TrilioFault | undefined,
): { reply: Reply; actor: string | null } {
  const { guesses } = world;
  const token = keystone.valid(request.header("x-auth-token"));
  if (token?.projectId === undefined) {
    return { reply: unauthorized(guesses, keystoneOrigin), actor: null };
  }
  const { projectId } = token;
  const actor = keystone.users.get(token.userId)?.name ?? null;
  try {
    const { handler } = checked(guesses, request, projectId);
    const { params, query, body } = request;
    const scoped = { ...token, projectId };
    const reply = handler({ world, token: scoped, params, query, body, trouble: troubleFrom(fault), fault });
    return { reply, actor };
  } catch (error) {
    if (!(error instanceof TrilioRefusal)) throw error;
    return { reply: refusal(guesses, error.status, error.message), actor };
  }
}

/** The route of a request that makes sense. @throws TrilioRefusal */
function checked(guesses: Guesses, request: TrilioRequest, projectId: string): TrilioRoute {
  const { route } = request;
  if (route === undefined) throw new TrilioRefusal(404, "The resource could not be found.");
  checkHeaders(guesses, request, projectId);
  checkPath(guesses, request.params.tenant, projectId);
  checkQuery(guesses, route, request.query);
  return route;
}

function checkHeaders(guesses: Guesses, { header }: TrilioRequest, projectId: string): void {
  const project = header("x-auth-project-id");
  const missing = guesses.projectHeader !== "optional" && project === undefined;
  if (missing || (guesses.projectHeader === "id" && project !== projectId)) {
    throw new TrilioRefusal(400, "X-Auth-Project-Id must name the project.");
  }
  if (guesses.userAgent === "client" && !header("user-agent")?.startsWith("python-workloadmgrclient")) {
    throw new TrilioRefusal(400, "User-Agent must be python-workloadmgrclient.");
  }
}

function checkPath(guesses: Guesses, tenant: string | undefined, projectId: string): void {
  if (tenant === projectId) return;
  throw new TrilioRefusal(guesses.projectMismatchStatus, `The token is not for project ${tenant}.`);
}

function checkQuery(guesses: Guesses, route: TrilioRoute, query: URLSearchParams): void {
  if (guesses.unknownQuery === "ignored") return;
  const unknown = [...query.keys()].filter((key) => !route.query.includes(key));
  if (unknown.length > 0) throw new TrilioRefusal(400, `Unknown query parameters: ${unknown.join(", ")}.`);
}
