import { join } from "node:path";

/** What a Cinder is like. */
export interface CinderOptions {
  /** Secure role-based access: a "reader" may only read. Default: the policies that Cinder comes with. */
  strict?: boolean;
  /** The limits that Cinder comes with, of connections and of quotas. Default: raised ones. */
  stock?: boolean;
  /** Seconds that each operation of the back end takes longer. */
  delay?: number;
  /** Whether Cinder remembers for minutes that a token is good, as it comes. Default: true. */
  tokenCache?: boolean;
}

/** The names and passwords of the cloud's own users. */
export const people = {
  admin: { name: "admin", password: "admin-secret", project: "admin" },
  service: { name: "cinder", password: "service-secret", project: "service" },
} as const;

/** `keystone.conf`. */
export function keystoneSettings(folder: string): string {
  return `[DEFAULT]
log_file = ${join(folder, "keystone.log")}
use_stderr = false
[database]
connection = sqlite:///${join(folder, "keystone.sqlite")}
sqlite_synchronous = false
[token]
provider = fernet
expiration = 3600
[fernet_tokens]
key_repository = ${join(folder, "fernet")}
[credential]
key_repository = ${join(folder, "credential")}
[identity]
password_hash_rounds = 4
[cache]
enabled = true
backend = dogpile.cache.memory
`;
}

// 100, the default of the pool, is also the limit of idle connections that are kept alive: a client beyond them hangs
// until one of them ends.
const raised = `wsgi_default_pool_size = 1000
client_socket_timeout = 60
`;

/** `cinder.conf`. */
export function cinderSettings(
  folder: string,
  venv: string,
  port: number,
  keystone: string,
  options: CinderOptions,
): string {
  const strict = String(options.strict ?? false);
  return `[DEFAULT]
state_path = ${folder}
log_file = ${join(folder, "cinder.log")}
use_stderr = false
host = aio
my_ip = 127.0.0.1
transport_url = fake://
auth_strategy = keystone
api_paste_config = ${join(venv, "etc/cinder/api-paste.ini")}
resource_query_filters_file = ${join(venv, "etc/cinder/resource_filters.json")}
osapi_volume_listen = 127.0.0.1
osapi_volume_listen_port = ${port}
osapi_volume_workers = 1
enabled_backends = folder,logging
default_volume_type = folder
report_interval = 5
periodic_fuzzy_delay = 0
scheduler_driver_init_wait_time = 1
${options.stock ? "" : raised}volume_clear = none
backend_stats_polling_interval = 10
[folder]
volume_driver = folder_driver.FolderDriver
volume_backend_name = folder
folder_path = ${join(folder, "volumes")}
[logging]
volume_driver = cinder.tests.fake_driver.FakeLoggingVolumeDriver
volume_backend_name = fake
[database]
connection = sqlite:///${join(folder, "cinder.sqlite")}
sqlite_synchronous = false
[oslo_concurrency]
lock_path = ${join(folder, "locks")}
[coordination]
backend_url = file://${join(folder, "locks")}
[oslo_messaging_notifications]
driver = noop
[oslo_policy]
enforce_new_defaults = ${strict}
enforce_scope = ${strict}
[keystone_authtoken]
www_authenticate_uri = ${keystone}
auth_url = ${keystone}
auth_type = password
username = ${people.service.name}
password = ${people.service.password}
user_domain_name = Default
project_name = ${people.service.project}
project_domain_name = Default
interface = public
service_token_roles_required = true
${options.tokenCache === false ? "token_cache_time = -1\n" : ""}`;
}
