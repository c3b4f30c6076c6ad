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
