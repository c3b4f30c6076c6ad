import { namespace, type Surroundings, wrongSetting } from "../core/backend";
import type { UserError } from "../core/errors";
import { cloudNamed, publicClouds, readClouds } from "./cloudFiles";
import { type Entry, entryOfEnvironment, flatKeys, type Named, settingsOf, text } from "./entry";
import { type Method, methodOf } from "./method";
import { withProfile } from "./profiles";
import { inRegion } from "./regions";
import type { OpenStackSettings, SettingName } from "./settings";

/** The settings of all sources as one, and what is told about them. */
export interface Gathered {
  settings: OpenStackSettings;
  /** How to sign in, where anything says so. */
  method?: Method | undefined;
  /** Where they come from, e.g. `cloud "prod" of /etc/openstack/clouds.yaml`. */
  source: string;
  /** Everything that the cloud, or the variables, give, by key, for what is said of one service alone. */
  keys: Entry;
  /** Says where one of these stands. */
  named: Named;
  /** Makes the error of a setting that is wrong, with where it comes from. */
  wrong: (setting: SettingName, reason: string) => UserError;
}

/** Of each group a source gives the whole: a name from the one and an id from the other could contradict. */
const groups: readonly (readonly SettingName[])[] = [
  ["username", "userId"],
  ["userDomainName", "userDomainId"],
  ["projectName", "projectId", "trustId"],
  ["projectDomainName", "projectDomainId"],
  ["applicationCredentialId", "applicationCredentialName"],
  ["cert", "key"],
];

/**
 * Settings by the rules of OpenStack's tools, each setting from the first of these that gives it:
 *
 * 1. the stack's configuration, or the arguments of an explicit provider;
 * 2. the cloud that is named by `cloud`, by `OS_CLOUD` (unless the stack gives `authUrl`), or that is the only one in
 *    clouds.yaml where nothing else says where Keystone is;
 * 3. the variables `OS_*`. Beside a cloud they give only secrets that it lacks, and `OS_REGION_NAME` chooses the
 *    region.
 *
 * @throws UserError for what is wrong in any of them
 */
export function gather(stack: OpenStackSettings, where: Surroundings): Gathered {
  const environment = entryOfEnvironment(where.env);
  const name = cloudName(stack, environment, where);
  if (name === undefined) {
    const keys = flatKeys(variables(stack, environment, where));
    const sources = [stack, settingsOf(keys, variable)];
    return {
      settings: united(sources),
      method: firstMethod(sources, variable),
      source: "the stack's configuration and OS_*",
      keys,
      named: variable,
      wrong: wrongOf(stack, "OS_*"),
    };
  }
  const clouds = readClouds(where);
  const cloud = cloudNamed(name, clouds, where);
  const asked = stack.region ?? text(environment.region_name);
  const source = `cloud "${name}" of ${clouds.files.join(" and ")}`;
  const chosen = inRegion(cloud, asked, `the ${source}`);
  const keys = flatKeys(asked === undefined ? chosen : { ...chosen, region_name: asked });
  const named = (key: string) => `${key} in ${source}`;
  const entry = settingsOf(keys, named);
  const secrets = {
    password: text(environment.password),
    applicationCredentialSecret: text(environment.application_credential_secret),
  };
  return {
    settings: united([stack, entry, secrets]),
    method: firstMethod([stack, entry], named),
    source,
    keys,
    named,
    wrong: wrongOf(stack, source),
  };
}

const variable: Named = (key) => `OS_${key.toUpperCase()}`;

/** The variables as a cloud. `OS_CLOUD` names none of them, but `OS_PROFILE` does name a profile. */
function variables(stack: OpenStackSettings, { cloud: _, ...own }: Entry, where: Surroundings): Entry {
  const entry = own.profile === undefined ? own : withProfile(own, publicClouds(where), "OS_PROFILE");
  return inRegion(entry, stack.region, "OS_*");
}

function cloudName(stack: OpenStackSettings, environment: Entry, where: Surroundings): string | undefined {
  if (stack.cloud !== undefined) return stack.cloud;
  if (stack.authUrl !== undefined) return undefined;
  const variablesSay = (environment.auth_url ?? environment.profile) !== undefined;
  const { OS_CLOUD: named, OS_CLOUD_NAME: own = "envvars" } = where.env;
  // openstacksdk takes the variables for a cloud of this name.
  if (named) return named === own && variablesSay ? undefined : named;
  if (variablesSay) return undefined;
  const { clouds, files } = readClouds(where);
  const names = Object.keys(clouds).sort();
  if (names.length > 1) {
    throw wrongSetting(
      "cloud",
      `there are several clouds in ${files.join(" and ")} (${names.join(", ")}): choose one with ` +
        `"pulumi config set ${namespace}:cloud ..." or in OS_CLOUD`,
    );
  }
  return names[0];
}

/** The setting's own name says that it is the stack's; of any other the source is told. */
function wrongOf(stack: OpenStackSettings, source: string): Gathered["wrong"] {
  return (setting, reason) =>
    wrongSetting(setting, stack[setting] === undefined ? `${reason} (from ${source})` : reason);
}

/** @param sources the stack's settings, then others */
function firstMethod(sources: readonly OpenStackSettings[], named: Named): Method | undefined {
  for (const [index, source] of sources.entries()) {
    const method = methodOf(source, index === 0 ? undefined : named("auth_type"));
    if (method !== undefined) return method;
  }
  return undefined;
}

function united(sources: readonly OpenStackSettings[]): OpenStackSettings {
  const result: Record<string, string> = {};
  for (const source of sources) {
    const before = new Set(Object.keys(result));
    for (const [name, value] of Object.entries(source)) {
      const group: readonly string[] = groups.find((each) => (each as readonly string[]).includes(name)) ?? [
        name,
      ];
      if (value !== undefined && !group.some((each) => before.has(each))) result[name] = value;
    }
  }
  return result as OpenStackSettings;
}
