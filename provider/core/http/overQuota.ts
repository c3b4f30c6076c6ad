import { ApiError } from "../errors";

/** Waldur (400, contract "quotas") and Cinder (413, contract "over quota") say so in their words alone. */
const words = /quotas? (were|was) exceeded|exceeds .*quota|LimitExceeded|AvailableQuota/;

/**
 * The refusal of a write that goes over a quota, with what can be done. The service's own words say which quota it is.
 *
 * @param owner who can raise it, e.g. `the portal's operator`
 * @returns any other error as it is
 */
export function overQuota(error: unknown, owner: string): unknown {
  if (!(error instanceof ApiError) || ![400, 403, 413].includes(error.status) || !words.test(error.reason))
    return error;
  const help = `delete what is no longer needed, or ask ${owner} for a higher quota`;
  return new ApiError({ ...error, reason: `${error.reason} (${help})` });
}
