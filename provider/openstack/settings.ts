import { z } from "zod";

const text = (description: string) => z.string().optional().meta({ description });
const secret = (description: string) => z.string().optional().meta({ description, secret: true });

/** The interfaces of a catalog, in both spellings that OpenStack's tools know. */
export const interfaceSpellings = [
  "public",
  "internal",
  "admin",
  "publicURL",
  "internalURL",
  "adminURL",
] as const;

/**
 * How to reach an OpenStack cloud: the settings of every backend that signs in at Keystone. Names are those of the
 * stack's configuration, in the package's namespace. All may be absent here, since `clouds.yaml` and the `OS_*`
 * variables may give them; `connectService` puts the three together.
 */
export const openstackSettings = z.object({
  cloud: text("Cloud of clouds.yaml to use; else OS_CLOUD"),
  authUrl: text("Address of Keystone, e.g. https://cloud.example.com:5000/v3; else OS_AUTH_URL"),
  authType: text(
    '"password", "v3applicationcredential" or "token"; else OS_AUTH_TYPE; default: what is given',
  ),
  username: text("Name of the user; else OS_USERNAME"),
  userId: text("Id of the user, instead of the name; else OS_USER_ID"),
  password: secret("Password of the user; else OS_PASSWORD"),
  userDomainName: text(
    "Domain of the user, by name; else OS_USER_DOMAIN_NAME; default: the domain `default`",
  ),
  userDomainId: text("Domain of the user, by id; else OS_USER_DOMAIN_ID"),
  projectName: text("Project to work in, by name; else OS_PROJECT_NAME"),
  projectId: text("Project to work in, by id; else OS_PROJECT_ID"),
  projectDomainName: text(
    "Domain of the project, by name; else OS_PROJECT_DOMAIN_NAME; default: the domain `default`",
  ),
  projectDomainId: text("Domain of the project, by id; else OS_PROJECT_DOMAIN_ID"),
  trustId: text("Trust to act by, instead of a project; else OS_TRUST_ID"),
  applicationCredentialId: text("Id of an application credential; else OS_APPLICATION_CREDENTIAL_ID"),
  applicationCredentialName: text(
    "Name of an application credential, with its user, instead of the id; else OS_APPLICATION_CREDENTIAL_NAME",
  ),
  applicationCredentialSecret: secret(
    "Secret of the application credential; else OS_APPLICATION_CREDENTIAL_SECRET",
  ),
  token: secret("A token of Keystone's, instead of credentials; cannot be renewed; else OS_TOKEN"),
  region: text("Region of the catalog; else OS_REGION_NAME; needed where a service is in several"),
  interface: z
    .enum(interfaceSpellings, { message: `expected one of ${interfaceSpellings.join(", ")}` })
    .optional()
    .meta({ description: "Interface of the catalog; else OS_INTERFACE; default: public" }),
  blockStorageEndpoint: text(
    "Address of Cinder instead of the catalog's, e.g. https://cinder.example.com/v3",
  ),
  workloadsEndpoint: text(
    "Address of Trilio instead of the catalog's, e.g. https://trilio.example.com:8780/v1",
  ),
  cacert: text("File with the certificate authority to trust, PEM; else OS_CACERT; default: those of Node"),
  cert: text("File with the client certificate, PEM, with its key or beside `key`; else OS_CERT"),
  key: text("File with the private key of the client certificate, PEM; else OS_KEY"),
  insecure: z
    .enum(["true", "false"], { message: 'expected "true" or "false"' })
    .optional()
    .meta({
      description:
        "OpenStack: accept any certificate, and plain http to hosts other than this machine; else OS_INSECURE; " +
        "default: false",
    }),
});

/** The settings as they are read: texts. */
export type OpenStackSettings = z.output<typeof openstackSettings>;

/** Name of a setting. */
export type SettingName = keyof OpenStackSettings;
