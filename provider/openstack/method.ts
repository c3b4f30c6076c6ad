import { wrongSetting } from "../core/backend";
import type { OpenStackSettings } from "./settings";

/** How to sign in at Keystone. */
export type Method = "password" | "applicationCredential" | "token";

/** The names that OpenStack's tools have for each. */
const authTypes: Record<string, Method> = {
  password: "password",
  v3password: "password",
  v3applicationcredential: "applicationCredential",
  applicationcredential: "applicationCredential",
  application_credential: "applicationCredential",
  token: "token",
  v3token: "token",
};

/**
 * What one source of settings says about how to sign in: by name, or by what it gives for it.
 *
 * @param source where its `authType` is from, for messages, where that is not the stack
 * @throws UserError for a way that is not supported
 */
export function methodOf(settings: OpenStackSettings, source?: string): Method | undefined {
  const { authType } = settings;
  if (authType !== undefined) {
    const method = authTypes[authType.toLowerCase()];
    if (method !== undefined) return method;
    throw wrongSetting(
      "authType",
      `"${authType}"${source === undefined ? "" : ` (${source})`} is not supported: expected password, ` +
        "v3applicationcredential or token. An application credential signs in to every cloud: " +
        '"openstack application credential create pulumi"',
    );
  }
  if (settings.token !== undefined) return "token";
  const { applicationCredentialId, applicationCredentialName, applicationCredentialSecret } = settings;
  if (applicationCredentialId ?? applicationCredentialName ?? applicationCredentialSecret) {
    return "applicationCredential";
  }
  return (settings.password ?? settings.username ?? settings.userId) ? "password" : undefined;
}
