import { ApiError } from "../core/errors";

/**
 * Whether an answer says in Waldur's own words that there is no such object: `{"detail": "..."}` (contract, "error
 * bodies"). A 404 of a gateway, or a page of a web server that knows no such route, says nothing of the object.
 */
export function isNotFound(error: unknown): boolean {
  return error instanceof ApiError && error.status === 404 && error.keys.includes("detail");
}

/** A 404 that is somebody else's: to ask again later can help. */
export function isForeign(error: unknown): error is ApiError {
  return error instanceof ApiError && error.status === 404 && !error.keys.includes("detail");
}

/**
 * A refusal of what an argument names: Waldur's words do not say which object they mean.
 *
 * @param named ids by the arguments that name them
 * @returns the error, with each argument that it is about; anything else as it is
 */
export function unseen(error: unknown, named: Record<string, unknown>): unknown {
  if (!(error instanceof ApiError)) return error;
  const lacking = Object.entries(named).filter(
    ([argument, id]) => id !== undefined && (isNotFound(error) || isRefused(error, argument)),
  );
  if (lacking.length === 0) return error;
  const which = lacking.map(([argument, id]) => `${argument} is ${id}`).join(", ");
  const help = "it does not exist, or the access token may not see it; check the ID and the token's projects";
  return new ApiError({ ...error, reason: `${error.reason} (${which}: ${help})` });
}

/** Waldur says of a link that leads nowhere: `{"project": ["Invalid hyperlink - Object does not exist."]}`. */
function isRefused({ status, reason }: ApiError, argument: string): boolean {
  const key = argument.replace(/Id$/, "").replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  return status === 400 && new RegExp(`\\b${key}: [^;]*(Invalid hyperlink|does not exist)`).test(reason);
}
