import { namespace } from "../core/backend";
import type { Unreached } from "../core/http/unreached";
import type { Access } from "./access";
import type { ServiceKind } from "./kind";

const trust =
  "If your own certificate authority has signed it, set cacert to that authority's file: " +
  `"pulumi config set ${namespace}:cacert ca.pem", or OS_CACERT.`;

/** What is said where Keystone has never answered. */
export function keystoneUnreached({ source }: Access): Unreached {
  return { address: source, trust };
}

/** What is said where a service has never answered. */
export function serviceUnreached({ endpointSetting }: ServiceKind, { endpoints }: Access): Unreached {
  const setting = `${namespace}:${endpointSetting}`;
  const address =
    endpoints[endpointSetting] === undefined
      ? `the cloud's catalog, and ${setting} would count instead`
      : `the setting ${setting}`;
  return { address, trust };
}
