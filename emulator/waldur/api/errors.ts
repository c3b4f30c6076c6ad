import type { Json } from "../../http/json";
import type { Reply } from "../../http/reply";

/** A refusal, thrown by validators and handlers. */
export class Refusal extends Error {
  constructor(readonly reply: Reply) {
    super(`${reply.status}`);
  }
}

/** 400 with a body in one of Waldur's shapes (contract "error bodies"). */
export function badRequest(body: Json): Refusal {
  return new Refusal({ status: 400, body });
}

/** 403 as recorded. */
export function forbidden(): Refusal {
  return new Refusal({ status: 403, body: { detail: "You do not have permission to perform this action." } });
}

/** 404 of an object that does not exist or that the user may not see (recording 01). */
export function notFound(kind: string): Refusal {
  return new Refusal({ status: 404, body: { detail: `No ${kind} matches the given query.` } });
}

/** 409: the object is not in a state for this (recordings 07, 08). */
export function conflict(detail: string): Refusal {
  return new Refusal({ status: 409, body: { detail } });
}

/** 409 naming the states that would do. */
export function wrongState(states: readonly string[]): Refusal {
  return conflict(`Valid states for operation: ${states.join(", ")}.`);
}

/** 409 naming the runtime states that would do (recordings 13, 16). */
export function wrongRuntimeState(states: readonly string[]): Refusal {
  return conflict(`Valid runtime states for operation: ${states.join(", ")}.`);
}

/** The content type of Django's pages. */
export const html = "text/html; charset=utf-8";

/** A page. */
export function page(status: number, content: string): Reply {
  return { status, text: { type: html, content } };
}

/** Django's page for a path that no route has (recording 02). */
export const notFoundPage =
  '\n<!doctype html>\n<html lang="en">\n<head>\n  <title>Not Found</title>\n</head>\n<body>\n  <h1>Not Found</h1><p>The requested resource was not found on this server.</p>\n</body>\n</html>\n';

/** Django's page for a crash (recordings 05, 09). */
const serverErrorPage =
  '\n<!doctype html>\n<html lang="en">\n<head>\n  <title>Server Error (500)</title>\n</head>\n<body>\n  <h1>Server Error (500)</h1><p></p>\n</body>\n</html>\n';

/** 500: the server crashed on the request. */
export function crash(): Refusal {
  return new Refusal(page(500, serverErrorPage));
}
