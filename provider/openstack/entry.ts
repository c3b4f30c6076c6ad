import { wrongSetting } from "../core/backend";
import { UserError } from "../core/errors";
import { isRecord } from "../core/values";
import type { OpenStackSettings, SettingName } from "./settings";
import { yamlBoolean } from "./yamlBoolean";

/** Says where a key stands, for messages, e.g. `verify in cloud "prod" of /etc/openstack/clouds.yaml`, `OS_VERIFY`. */
export type Named = (key: string) => string;

/** A cloud as clouds.yaml has it, with what stands under `auth` beside the rest. */
export type Entry = Record<string, unknown>;

/** What the keys of block storage and of Trilio's workload manager begin with, the most telling first. */
const services = {
  blockStorage: ["block_storage", "volumev3", "volumev2", "volume", "block_store"],
  workloads: ["workloads"],
} as const;

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
  trustId: ["trust_id"],
  applicationCredentialId: ["application_credential_id"],
  applicationCredentialName: ["application_credential_name"],
  applicationCredentialSecret: ["application_credential_secret"],
  token: ["token", "auth_token"],
  region: ["region_name"],
  interface: ["interface", "endpoint_type"],
  blockStorageEndpoint: endpointKeys(services.blockStorage),
  workloadsEndpoint: endpointKeys(services.workloads),
  cacert: ["cacert"],
  cert: ["cert"],
  key: ["key"],
};

/** Of these what stands outside `auth` wins, of everything else under `auth` what stands in it. */
const outsideFirst = /^((user_|project_)?domain_(id|name)|(project|tenant)_(id|name)|token|auth_token)$/;

/**
 * The keys of a cloud in one mapping, with underscores, without those that have no value.
 *
 * @param entry the cloud, its profile and its region merged in
 */
export function flatKeys({ auth, ...entry }: Entry): Entry {
  const outside = given(entry);
  const inside = isRecord(auth) ? given(auth) : {};
  const first = Object.entries(outside).filter(([key]) => outsideFirst.test(key));
  return { ...outside, ...inside, ...Object.fromEntries(first) };
}

/** The variables `OS_*` as a cloud, whose keys are their names. Those of OpenStack's own tests are none of them. */
export function entryOfEnvironment(env: NodeJS.ProcessEnv): Entry {
  const variables = Object.entries(env).filter(([name]) => /^OS_(?!TEST|STD|LOG)/.test(name));
  const pairs = variables.map(([name, value]) => {
    const key = name.slice(3).toLowerCase();
    // Who pastes a value often pastes the end of the line too; a password may begin and end with a space.
    return [key, key === "password" ? value : value?.trim()];
  });
  return given(Object.fromEntries(pairs));
}

/**
 * The settings that a cloud gives.
 *
 * @param flat as {@link flatKeys} has it
 * @throws UserError for a boolean that is none
 */
export function settingsOf(flat: Entry, named: Named): OpenStackSettings {
  const found: Partial<Record<SettingName, string>> = {};
  for (const [setting, names] of Object.entries(keys)) {
    const value = first(flat, names);
    if (value !== undefined) found[setting as SettingName] = filled(value, setting, flat, named);
  }
  setDomains(found, flat);
  const insecure = booleanOf(flat, "insecure", named) ?? false;
  if (insecure || booleanOf(flat, "verify", named) === false) found.insecure = "true";
  return found as OpenStackSettings;
}

/**
 * The boolean that a key has, in any spelling of YAML 1.1.
 *
 * @returns `undefined` where the key is not given
 * @throws UserError for a value that is none
 */
export function booleanOf(flat: Entry, key: string, named: Named): boolean | undefined {
  const value = text(flat[key]);
  if (value === undefined) return undefined;
  const read = yamlBoolean(value);
  if (read !== undefined) return read;
  const hint = key === "verify" ? "; set the file of a certificate authority with cacert" : "";
  throw new UserError(`invalid value "${value}" of ${named(key)}: expected true or false${hint}`);
}

/** A value as one text: of a list, which an interface may be, its parts with commas. */
export function text(value: unknown): string | undefined {
  if (Array.isArray(value)) return value.flatMap((each) => text(each) ?? []).join(",") || undefined;
  return typeof value === "string" && value !== "" ? value : undefined;
}

function endpointKeys(prefixes: readonly string[]): string[] {
  return ["endpoint_override", "endpoint"].flatMap((key) => prefixes.map((prefix) => `${prefix}_${key}`));
}

/** What has a value, by keys with underscores. */
function given(entry: Entry): Entry {
  const pairs = Object.entries(entry).map(([key, value]) => [key.replaceAll("-", "_"), value] as const);
  return Object.fromEntries(pairs.filter(([, value]) => text(value) !== undefined || isRecord(value)));
}

function first(flat: Entry, names: readonly string[]): string | undefined {
  return names.map((name) => text(flat[name])).find((value) => value !== undefined);
}

/** Addresses may hold other values of the cloud in braces, e.g. `https://{region_name}.example.com`. */
function filled(value: string, setting: string, flat: Entry, named: Named): string {
  if (!["authUrl", "blockStorageEndpoint", "workloadsEndpoint"].includes(setting)) return value;
  return value.replaceAll(/\{(\w+)\}/g, (_, key: string) => {
    const known = text(flat[key]);
    if (known !== undefined) return known;
    throw wrongSetting(setting, `"${value}" needs ${named(key)}, which is not set`);
  });
}

/**
 * One domain for user and project, for who has both in the same: `domain_*`, then `default_domain_*`, and last what
 * the command `openstack` calls `default_domain`. Of an id and a name Keystone is sent the id.
 */
function setDomains(found: Partial<Record<SettingName, string>>, flat: Entry): void {
  for (const kind of ["Id", "Name"] as const) {
    const own = text(flat[`domain_${kind.toLowerCase()}`]);
    const usual = text(flat[`default_domain_${kind.toLowerCase()}`]);
    const user = found[`userDomain${kind}`] ?? own ?? usual;
    const project = found[`projectDomain${kind}`] ?? own ?? usual;
    if (user !== undefined) found[`userDomain${kind}`] = user;
    if (project !== undefined) found[`projectDomain${kind}`] = project;
  }
  const last = text(flat.default_domain);
  if (last === undefined) return;
  if (!found.userDomainName && !found.userDomainId) found.userDomainId = last;
  if (!found.projectDomainName && !found.projectDomainId) found.projectDomainId = last;
}
