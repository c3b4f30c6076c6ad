import { GO_WANTED } from "./go";
import { INSTALLER_URL } from "./installer";
import { MINIMUM_VERSION } from "./version";

/** One way that was tried, and why it gave no engine. */
export interface FailedWay {
  way: string;
  reason: string;
}

/** No way gave an engine. The message says why each failed and what to install. */
export class EngineUnavailableError extends Error {
  override name = "EngineUnavailableError";

  constructor(readonly failures: readonly FailedWay[]) {
    const tried = failures.map(({ way, reason }) => `  - ${way}: ${reason.replaceAll("\n", "\n    ")}`);
    super(
      [
        "There is no Pulumi engine. This was tried:",
        ...tried,
        "Any one of these helps:",
        `  - install the Pulumi CLI ${MINIMUM_VERSION} or newer: https://www.pulumi.com/docs/install/`,
        `  - let this machine reach ${INSTALLER_URL}, and run this again`,
        `  - install Go ${GO_WANTED} or newer (https://go.dev/dl/), with access to a Go module proxy, and run this again`,
      ].join("\n"),
    );
  }
}
