// Generated from the schemas of the provider by `npm run generate`. Do not edit.

import type { Input } from "@pulumi/pulumi";

/** How to reach a Waldur. */
export interface WaldurSettings {
  /** Address of the API, e.g. https://portal.example.com/api/ */
  waldurApiUrl?: Input<string>;
  /** Access token of the user that acts */
  waldurAccessToken?: Input<string>;
  /** File with the certificate authority to trust, PEM; default: those of Node */
  waldurCaFile?: Input<string>;
  /** Accept plain http to hosts other than this machine; default false */
  insecure?: Input<boolean | "true" | "false">;
}

/** How to reach an OpenStack cloud, for its block storage and for Trilio. */
export interface OpenStackSettings {
  /** Cloud of clouds.yaml to use; else OS_CLOUD */
  cloud?: Input<string>;
  /** Address of Keystone, e.g. https://cloud.example.com:5000/v3; else OS_AUTH_URL */
  authUrl?: Input<string>;
  /** "password", "v3applicationcredential" or "token"; else OS_AUTH_TYPE; default: what is given */
  authType?: Input<string>;
  /** Name of the user; else OS_USERNAME */
  username?: Input<string>;
  /** Id of the user, instead of the name; else OS_USER_ID */
  userId?: Input<string>;
  /** Password of the user; else OS_PASSWORD */
  password?: Input<string>;
  /** Domain of the user, by name; else OS_USER_DOMAIN_NAME; default: the domain `default` */
  userDomainName?: Input<string>;
  /** Domain of the user, by id; else OS_USER_DOMAIN_ID */
  userDomainId?: Input<string>;
  /** Project to work in, by name; else OS_PROJECT_NAME */
  projectName?: Input<string>;
  /** Project to work in, by id; else OS_PROJECT_ID */
  projectId?: Input<string>;
  /** Domain of the project, by name; else OS_PROJECT_DOMAIN_NAME; default: the domain `default` */
  projectDomainName?: Input<string>;
  /** Domain of the project, by id; else OS_PROJECT_DOMAIN_ID */
  projectDomainId?: Input<string>;
  /** Trust to act by, instead of a project; else OS_TRUST_ID */
  trustId?: Input<string>;
  /** Id of an application credential; else OS_APPLICATION_CREDENTIAL_ID */
  applicationCredentialId?: Input<string>;
  /** Name of an application credential, with its user, instead of the id; else OS_APPLICATION_CREDENTIAL_NAME */
  applicationCredentialName?: Input<string>;
  /** Secret of the application credential; else OS_APPLICATION_CREDENTIAL_SECRET */
  applicationCredentialSecret?: Input<string>;
  /** A token of Keystone's, instead of credentials; cannot be renewed; else OS_TOKEN */
  token?: Input<string>;
  /** Region of the catalog; else OS_REGION_NAME; needed where a service is in several */
  region?: Input<string>;
  /** Interface of the catalog; else OS_INTERFACE; default: public */
  interface?: Input<"public" | "internal" | "admin" | "publicURL" | "internalURL" | "adminURL">;
  /** Address of Cinder instead of the catalog's, e.g. https://cinder.example.com/v3 */
  blockStorageEndpoint?: Input<string>;
  /** Address of Trilio instead of the catalog's, e.g. https://trilio.example.com:8780/v1 */
  workloadsEndpoint?: Input<string>;
  /** File with the certificate authority to trust, PEM; else OS_CACERT; default: those of Node */
  cacert?: Input<string>;
  /** File with the client certificate, PEM, with its key or beside `key`; else OS_CERT */
  cert?: Input<string>;
  /** File with the private key of the client certificate, PEM; else OS_KEY */
  key?: Input<string>;
  /** OpenStack: accept any certificate, and plain http to hosts other than this machine; else OS_INSECURE; default: false */
  insecure?: Input<boolean | "true" | "false">;
}

/** The settings that are credentials. */
export const secretSettings = [
  "waldurAccessToken",
  "password",
  "applicationCredentialSecret",
  "token",
] as const;
