import { describe, expect, it } from "vitest";
import { ApiError } from "../../../../provider/core/errors";
import { overQuota } from "../../../../provider/core/http/overQuota";

const refusal = (status: number, reason: string) =>
  new ApiError({ method: "POST", path: "/volumes", status, reason, requestId: "req-1", fault: "overLimit" });

describe("a write over a quota says what helps", () => {
  it.each([
    [400, "One or more quotas were exceeded: volumes_size quota limit: 512000, requires 600000"],
    [413, "VolumeLimitExceeded: Maximum number of volumes allowed (10) exceeded for quota 'volumes'."],
    [413, "VolumeSizeExceedsAvailableQuota: Requested volume or snapshot exceeds allowed gigabytes quota."],
  ])("%i %s", (status, reason) => {
    const explained = overQuota(refusal(status, reason), "the portal's operator");
    expect(explained).toMatchObject({ status, requestId: "req-1", fault: "overLimit" });
    expect(String(explained)).toContain(
      `${reason} (delete what is no longer needed, or ask the portal's operator for a higher quota) (request id req-1)`,
    );
  });

  it.each([
    refusal(400, "size: Ensure this value is greater than or equal to 1024."),
    refusal(413, "Request Entity Too Large"),
    refusal(500, "One or more quotas were exceeded: storage"),
    new Error("quotas were exceeded"),
  ])("and nothing else does: %s", (error) => {
    expect(overQuota(error, "the portal's operator")).toBe(error);
  });
});
