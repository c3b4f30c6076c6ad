import { isRecord } from "../core/values";
import type { OpenStackSettings, SettingName } from "./settings";

/**
 * Each setting by the keys that a cloud in clouds.yaml gives it by, in order of preference. The variable of a key
 * is the same in capitals with `OS_` before it.
 */
const keys: Partial<Record<SettingName, readonly string[]>> = {
  authUrl: ["auth_url"],
  authType: ["auth_type", "auth_plugin"],
  username: ["username", "user_name"],
  userId: ["user_id"],
  password: ["password"],
  userDomainName: ["user_domain_name"],
  userDomainId: ["user_domain_id"],
  projectName: ["project_name", "tenant_name"],
  projectId: ["project_id", "tenant_id"],
  projectDomainName: ["project_domain_name"],
  projectDomainId: ["project_domain_id"],
  applicationCredentialId: ["application_credential_id"],
  applicationCredentialName: ["application_credential_name"],
  applicationCredentialSecret: ["application_credential_secret"],
  token: ["token", "auth_token"],
  region: ["region_name"],
  interface: ["interface", "endpoint_type"],
  blockStorageEndpoint: [
    "block_storage_endpoint_override",
    "volumev3_endpoint_override",
    "volume_endpoint_override",
  ],
  workloadsEndpoint: ["workloads_endpoint_override"],
  cacert: ["cacert"],
  insecure: ["insecure"],
};

/** One domain for user and project, for who has both in the same. */
const bothDomains: [keyof OpenStackSettings, keyof OpenStackSettings, string[]][] = [
  ["userDomainName", "projectDomainName", ["domain_name"]],
  ["userDomainId", "projectDomainId", ["domain_id", "default_domain", "default_domain_id"]],
];

/** A cloud as clouds.yaml has it, with what stands under `auth` beside the rest. */
export type Entry = Record<string, unknown>;

/**
 * The settings that a cloud of clouds.yaml gives. What stands outside `auth` wins over the same inside it.
 *
 * @param entry the cloud, its profile merged in
 */
export function settingsOfEntry(entry: Entry): OpenStackSettings {
  const { auth, ...outside } = entry;
  const flat = dashless({ ...(isRecord(auth) ? auth : {}), ...outside });
  const found: Partial<Record<SettingName, string>> = {};
  for (const [setting, names] of Object.entries(keys)) {
    const value = first(flat, names);
    if (value !== undefined) found[setting as SettingName] = value;
  }
  for (const [user, project, names] of bothDomains) {
    const value = first(flat, names);
    if (value === undefined) continue;
    // The other spelling of the same domain, where it is there, says more.
    if (!found.userDomainName && !found.userDomainId) found[user] = value;
    if (!found.projectDomainName && !found.projectDomainId) found[project] = value;
  }
  if (text(flat.verify)?.toLowerCase() === "false") found.insecure = "true";
  if (found.insecure !== undefined) found.insecure = isTrue(found.insecure) ? "true" : "false";
  return found as OpenStackSettings;
}

/** The settings that the variables `OS_*` give. */
export function settingsOfEnvironment(env: NodeJS.ProcessEnv): OpenStackSettings {
  const variables = Object.entries(env).filter(([name, value]) => name.startsWith("OS_") && value?.trim());
  return settingsOfEntry(
    Object.fromEntries(variables.map(([name, value]) => [name.slice(3).toLowerCase(), value?.trim()])),
  );
}

/** clouds.yaml may write a key with dashes. */
function dashless(entry: Entry): Entry {
  return Object.fromEntries(Object.entries(entry).map(([key, value]) => [key.replaceAll("-", "_"), value]));
}

function first(entry: Entry, names: readonly string[]): string | undefined {
  for (const name of names) {
    const value = text(entry[name]);
    if (value !== undefined) return value;
  }
  return undefined;
}

/** YAML reads a name of digits as a number, and an interface may be a list by preference. */
function text(value: unknown): string | undefined {
  if (Array.isArray(value)) return text(value[0]);
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  return typeof value === "string" && value !== "" ? value : undefined;
}

function isTrue(value: string): boolean {
  return ["true", "1", "yes"].includes(value.toLowerCase());
}
