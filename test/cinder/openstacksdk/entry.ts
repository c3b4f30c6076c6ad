import type { Step } from "../../support/scriptedServer";

/** A service as the catalog of a case has it; `$BASE` in an address is where the case's cloud is. */
export interface CatalogEntry {
  type: string;
  name?: string;
  endpoints: { url: string; interface?: string; region?: string }[];
}

/** One clouds.yaml, or one set of variables, with the cloud that it is for. */
export interface Case {
  /** What it is, for people. */
  title: string;
  /** The cloud `it` in clouds.yaml; `$BASE` is where the case's cloud is. */
  entry?: string;
  /** Files in the folder of the program beside or instead of that, by name. */
  files?: Record<string, string>;
  /** Variables. */
  env?: Record<string, string>;
  /** The cloud to use; `null`: whichever the files and variables come to. Default: `it`. */
  cloud?: string | null;
  /** The region that is asked for. */
  region?: string;
  catalog?: readonly CatalogEntry[];
  /** What is answered instead of the usual, by the path below `$BASE`. */
  answers?: Record<string, Step>;
  /** Only the settings are compared: the cloud is a real one. */
  offline?: boolean;
  /** Neither signs in; this is what is said here. */
  fails?: RegExp;
  /** Where the two are not the same: why, and what is right here. An error is its message. */
  differs?: { why: string; ours: Partial<Answer> | RegExp };
}

/** What came of a case. */
export interface Answer {
  /** Keystone's address, without its version. */
  authUrl?: string | undefined;
  region?: string | null | undefined;
  interfaces?: readonly string[] | undefined;
  /** Whether certificates are looked at, or the authority that they are held to. */
  verify?: boolean | string | undefined;
  cert?: string | null | undefined;
  key?: string | null | undefined;
  /** Path and body of the request for a token. */
  signIn?: { path: string; auth: unknown } | undefined;
  /** The path of the list of volumes, without the project. */
  volumes?: string | undefined;
  /** The microversion that it was asked with. */
  microversion?: string | undefined;
  /** The error that it ended with. */
  error?: string | undefined;
}

/** A user with a password and a project, as keys of `auth`. */
export const login =
  "username: u, password: p, project_name: demo, user_domain_id: default, project_domain_id: default";

/** The usual entry. */
export const usual = `auth: { auth_url: $BASE/identity, ${login} }`;
