import { z } from "zod";
import type { Clock } from "./clock";
import { allWrong, UserError } from "./errors";
import { unsendable } from "./http/sendable";
import type { Network } from "./http/transport";
import { settingText } from "./settingText";

/** A setting by its name without namespace, e.g. `waldurApiUrl`; `undefined` where it is not set. */
export type Settings = (name: string) => string | undefined;

/** What zod keeps about a setting beside its type. */
export interface SettingMeta {
  description: string;
  /** Environment variable that is read where the stack's configuration says nothing. */
  env?: string;
  /** Whether the value is a credential. */
  secret?: boolean;
}

/** A way to reach a cloud: its settings, and how to connect. */
export interface Backend<Client> {
  /** The module's name, e.g. `waldur`. */
  name: string;
  /** The settings, each with {@link SettingMeta} as its zod metadata. */
  settings: z.ZodObject;
  /**
   * Reads files and the environment; sends nothing.
   *
   * @param where those of the process by default
   * @param origin says where a setting comes from, for messages
   * @throws UserError
   */
  connect(settings: Properties, clock: Clock, where?: Surroundings, origin?: Origin): Client;
  /**
   * Asks the server whether it accepts the credentials, by one cheap request.
   *
   * @throws ApiError, UserError that name the settings and where they come from
   * @throws ConnectionError where there is no usable answer
   */
  verify(client: Client, signal?: AbortSignal): Promise<void>;
}

/** Where a setting comes from, for people, e.g. `the environment variable WALDUR_ACCESS_TOKEN`. */
export type Origin = (name: string) => string;

/** Where files and variables are looked for, and what requests go out through. */
export interface Surroundings {
  env: NodeJS.ProcessEnv;
  /** The folder that relative paths start from, and in which a `clouds.yaml` counts first. */
  cwd: string;
  /** The machine's folder of configuration of OpenStack; `/etc/openstack` by default. */
  machine?: string;
  /** The network; that of the machine by default. */
  network?: Network;
}

/** The surroundings of this process. */
export function ownSurroundings(): Surroundings {
  return { env: process.env, cwd: process.cwd() };
}

type Properties = Record<string, unknown>;

/** The namespace of the settings in a stack's configuration. */
export const namespace = "openstack-snapshots";

/**
 * Reads a backend's settings: stack configuration first, then the environment.
 *
 * @throws UserError that names every wrong or missing setting, the value (unless it is a secret) and both
 *   places where it can be set
 */
export function readSettings(schema: z.ZodObject, configured: Settings, env: NodeJS.ProcessEnv): Properties {
  const raw: Properties = {};
  for (const [name, field] of Object.entries(schema.shape)) {
    const { env: variable } = metaOf(field);
    // Who pastes a token into a file or a variable often pastes the end of the line too.
    const value = settingText(field, configured(name) ?? (variable ? env[variable] : undefined))?.trim();
    if (value !== undefined && value !== "") raw[name] = value;
  }
  const parsed = schema.safeParse(raw);
  if (parsed.success) return parsed.data;
  const errors = parsed.error.issues.map((issue) => {
    const name = String(issue.path[0] ?? "");
    const { env: variable, secret = false } = metaOf(schema.shape[name]);
    const set = howToSet(name, secret) + (variable ? ` or in ${variable}` : "");
    if (!(name in raw)) return missingSetting(name, set);
    return wrongSetting(name, `${secret ? "" : `invalid value "${raw[name]}": `}${issue.message}; ${set}`);
  });
  throw allWrong(errors, "\n");
}

/** Where the settings that {@link readSettings} gives come from. */
export function originOf(schema: z.ZodObject, configured: Settings): Origin {
  return (name) => {
    const { env: variable } = metaOf(schema.shape[name]);
    if (configured(name) !== undefined || variable === undefined) return `the setting ${namespace}:${name}`;
    return `the environment variable ${variable}`;
  };
}

/** The names of a backend's credentials that the configuration gives; Pulumi records those with the provider. */
export function configuredSecrets(schema: z.ZodObject, configured: Settings): string[] {
  return Object.entries(schema.shape).flatMap(([name, field]) =>
    metaOf(field).secret && configured(name) ? [name] : [],
  );
}

/** A credential that travels in a header. */
export function tokenSetting() {
  return z
    .string()
    .min(1)
    .superRefine((token, { addIssue }) => {
      const message = unsendable(token);
      if (message !== undefined) addIssue({ code: "custom", message });
    });
}

/** A setting that is wrong. @param name without the namespace, which the message has and the property has not */
export function wrongSetting(name: string, reason: string): UserError {
  return new UserError(reason, name, `${namespace}:${name}: ${reason}`);
}

/** A setting that is needed and not there. @param remedy how to set it */
export function missingSetting(name: string, remedy: string): UserError {
  return new UserError(`it is not set: ${remedy}`, name, `${namespace}:${name} is not set: ${remedy}`);
}

/** What to type to put a setting into the stack's configuration. */
export function howToSet(name: string, secret: boolean): string {
  return `set it with "pulumi config set ${secret ? "--secret " : ""}${namespace}:${name} ..."`;
}

/** The metadata of a setting. */
export function metaOf(field: unknown): Partial<SettingMeta> {
  return ((field as z.ZodType | undefined)?.meta() as Partial<SettingMeta> | undefined) ?? {};
}
