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
  /** Of a service whose versions are looked up: the version of its API, and the microversions that this package knows. */
  microversions?: Microversions;
}

/** A microversion that settings ask for. */
export interface AskedMicroversion {
  /** E.g. `3.60`. */
  version: string;
  /** What asks for it, for messages, e.g. `volume_api_version in cloud "prod" of /etc/openstack/clouds.yaml`. */
  by: string;
}

/** What is known of the versions of a service. */
export interface Microversions {
  /** The service's name in the header that asks for one, e.g. `volume`. */
  service: string;
  /** The version in the address, e.g. `v3`. */
  major: string;
  lowest: string;
  highest: string;
}
