import { namespace } from "../core/backend";
import { ApiError, messageOf } from "../core/errors";

/** An operation whose credentials the server refused, and what may be the matter with them. */
class RecordedCredentialsError extends Error {
  override name = "RecordedCredentialsError";
}

/** Statuses by which servers refuse a credential, or what it may do. */
const refusals = new Set([401, 403]);

/**
 * The error of a read or a deletion, with a word about the credentials where the server refused them. `pulumi refresh`
 * and `pulumi destroy` run no program: the engine configures the provider as the last `pulumi up` recorded it in the
 * state, whatever the stack's configuration says by now. Credentials of the environment and of files are today's.
 *
 * @param secrets the credentials that the provider's configuration gives, by name
 */
export function withRecorded(error: unknown, secrets: readonly string[]): unknown {
  if (secrets.length === 0 || !wasRefused(error)) return error;
  const names = secrets.map((name) => `${namespace}:${name}`).join(" and ");
  const what =
    `"pulumi refresh" and "pulumi destroy" use ${names} as the last "pulumi up" recorded it with the provider. ` +
    `If you have changed it since, run "pulumi up" first, or add --run-program.`;
  return new RecordedCredentialsError(`${messageOf(error)} ${what}`, { cause: error });
}

function wasRefused(error: unknown): boolean {
  if (error instanceof ApiError) return refusals.has(error.status);
  return error instanceof Error && error.cause !== undefined && wasRefused(error.cause);
}
