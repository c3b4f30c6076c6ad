/** Which service of the catalog a backend talks to. */
export interface ServiceKind {
  /** For people, e.g. `block storage`. */
  title: string;
  /** Types of the catalog in order of preference, e.g. `["block-storage", "volumev3"]`; case does not matter. */
  types: readonly string[];
  /** Names of the catalog that count where no type is there, e.g. `["TrilioVaultWLM"]`. */
  names?: readonly string[];
  /** The setting that is used instead of the catalog's address. */
  endpointSetting: "blockStorageEndpoint" | "workloadsEndpoint";
  /** The microversions that this package knows; absent: the service has none. */
  microversions?: { service: string; lowest: string; highest: string };
}
