import { howToSet, missingSetting, wrongSetting } from "../core/backend";
import { allWrong } from "../core/errors";
import { unsendable } from "../core/http/sendable";
import type { Gathered } from "./gather";
import type { OpenStackSettings, SettingName } from "./settings";

/** A domain of Keystone, by id or by name. */
export type Domain = { id: string } | { name: string };

/** A user of Keystone: an id says it all, a name needs its domain. */
type User = { id: string } | { name: string; domain: Domain };

/** What a token is got for. */
export type Credentials =
  | { method: "password"; user: User; password: string }
  | { method: "applicationCredential"; id: string; secret: string }
  | { method: "applicationCredential"; name: string; user: User; secret: string }
  | { method: "token"; token: string };

/** The variables of the settings that can be missing. */
const variables: Partial<Record<SettingName, string>> = {
  authUrl: "OS_AUTH_URL",
  username: "OS_USERNAME",
  password: "OS_PASSWORD",
  projectName: "OS_PROJECT_NAME",
  applicationCredentialId: "OS_APPLICATION_CREDENTIAL_ID",
  applicationCredentialSecret: "OS_APPLICATION_CREDENTIAL_SECRET",
  token: "OS_TOKEN",
};

/** Settings that `pulumi config set` is to encrypt. */
const secrets: readonly SettingName[] = ["password", "applicationCredentialSecret", "token"];

/** @throws UserError naming everything that is missing, and where it can be set; and for a token that cannot be sent */
export function readCredentials({ settings, method = "password", source }: Gathered): Credentials {
  const missing = [...(settings.authUrl ? [] : (["authUrl"] as const)), ...missingFor[method](settings)];
  if (missing.length > 0) {
    const cloud = source.startsWith("cloud ") ? source : undefined;
    const errors = missing.map((name) => {
      const or = cloud ? `in ${cloud}` : `in ${variables[name]}, or name a cloud of clouds.yaml in OS_CLOUD`;
      return missingSetting(name, `${howToSet(name, secrets.includes(name))} or ${or}`);
    });
    throw allWrong(errors, "\n");
  }
  const credentials = made(settings, method);
  const wrong = credentials.method === "token" ? unsendable(credentials.token) : undefined;
  if (wrong !== undefined) throw wrongSetting("token", `${wrong}; it comes from ${source}`);
  return credentials;
}

const missingFor = {
  password: (settings: OpenStackSettings): SettingName[] => [
    ...(hasUser(settings) ? [] : (["username"] as const)),
    ...(settings.password ? [] : (["password"] as const)),
    ...(settings.projectId || settings.projectName || settings.trustId ? [] : (["projectName"] as const)),
  ],
  applicationCredential: (settings: OpenStackSettings): SettingName[] => [
    ...(settings.applicationCredentialSecret ? [] : (["applicationCredentialSecret"] as const)),
    ...(settings.applicationCredentialId || settings.applicationCredentialName
      ? []
      : (["applicationCredentialId"] as const)),
    ...(settings.applicationCredentialName && !settings.applicationCredentialId && !hasUser(settings)
      ? (["username"] as const)
      : []),
  ],
  token: (settings: OpenStackSettings): SettingName[] => (settings.token ? [] : ["token"]),
};

function hasUser(settings: OpenStackSettings): boolean {
  return Boolean(settings.username || settings.userId);
}

function made(settings: OpenStackSettings, method: Credentials["method"]): Credentials {
  const { token = "", password = "", applicationCredentialSecret: secret = "" } = settings;
  // A file may end a token with a line break, which is no part of it.
  if (method === "token") return { method, token: token.trim() };
  if (method === "password") return { method, user: userOf(settings), password };
  const { applicationCredentialId: id, applicationCredentialName: name = "" } = settings;
  return id ? { method, id, secret } : { method, name, user: userOf(settings), secret };
}

function userOf({ userId, username = "", userDomainId, userDomainName }: OpenStackSettings): User {
  return userId ? { id: userId } : { name: username, domain: domain(userDomainId, userDomainName) };
}

/**
 * A domain by its id, else by its name. Where none is named it is the one that every Keystone begins with, as in the
 * command `openstack`.
 */
export function domain(id: string | undefined, name: string | undefined): Domain {
  if (id) return { id };
  return name ? { name } : { id: "default" };
}

/** What of credentials nobody may see. */
export function secretsOf(credentials: Credentials): string[] {
  switch (credentials.method) {
    case "password":
      return [credentials.password];
    case "applicationCredential":
      return [credentials.secret];
    case "token":
      return [credentials.token];
  }
}
