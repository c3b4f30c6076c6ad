import type { GetRestoreResult, GetSnapshotResult } from "./types";

/** What is restored, and how. */
export type RestoreOptions = NonNullable<GetRestoreResult["options"]>;
type InstanceOptions = NonNullable<RestoreOptions["instances"]>[number];
type FlavorOptions = NonNullable<InstanceOptions["flavor"]>;
type MappingOptions = NonNullable<RestoreOptions["networksMapping"]>[number];
type TargetNetwork = MappingOptions["targetNetwork"];
type Instance = NonNullable<GetSnapshotResult["instances"]>[number];

/** What is to be other than it was. Instances and networks go by their id or their name. */
export interface RestoreChoices {
  /** "selective" makes new instances, "in-place" overwrites disks of the originals. Default: "selective". */
  kind?: "selective" | "in-place";
  /** The instances to restore. Default: all of the snapshot. */
  instances?: readonly string[];
  /** New names. Selective. Default: as they were. */
  rename?: ((name: string, id: string) => string) | Record<string, string>;
  /** Flavors: an id, or sizes. Selective. Default: the size that it had. */
  flavors?: Record<string, string | FlavorOptions>;
  /** Networks that take the place of those of the snapshot: an id, or network and subnet. Selective. Default: the same. */
  networks?: Record<string, string | TargetNetwork>;
}

/**
 * Makes the options of a selective or in-place restore out of what a snapshot holds: every instance with its size
 * and its volumes, one mapping for each network, and what is not to be restored marked so.
 *
 * @param snapshot what `getSnapshot` found
 * @param choices what is to be other than it was
 * @throws where the snapshot holds no instances, or a choice names something that it does not hold
 *
 * @example
 * ```ts
 * const options = trilio.restoreOptionsFrom(snapshot, {
 *   instances: ["db-1"],
 *   rename: { "db-1": "db-1-drill" },
 *   flavors: { "db-1": "m1.small-id" },
 *   networks: { internal: { id: "5fb7027d-...", subnet: "b7b54304-..." } },
 * });
 * ```
 */
export function restoreOptionsFrom(
  snapshot: GetSnapshotResult,
  choices: RestoreChoices = {},
): RestoreOptions {
  const held = snapshot.instances ?? [];
  if (held.length === 0) {
    throw new Error(`snapshot ${snapshot.id} shows no instances; take it from getSnapshot, lists have none`);
  }
  const networks = networksOf(held);
  refuseStrangers(held, networks, choices);
  const chosen = (instance: Instance) =>
    choices.instances === undefined || choices.instances.some((key) => names(instance).includes(key));
  if (choices.kind === "in-place") {
    return { instances: held.map((each) => (chosen(each) ? overwritten(each) : excluded(each))) };
  }
  const included = held.filter(chosen);
  return {
    instances: held.map((each) => (chosen(each) ? renewed(each, choices) : excluded(each))),
    networksMapping: networksOf(included).map((network) => ({
      snapshotNetwork: { id: network.id, ...given({ subnet: network.subnet }) },
      targetNetwork: targetOf(network, choices.networks ?? {}),
    })),
    restoreTopology: false,
  };
}

function excluded({ id }: Instance): InstanceOptions {
  return { id, include: false };
}

function overwritten({ id, volumes }: Instance): InstanceOptions {
  return {
    id,
    include: true,
    // A disk that came from an image is the boot disk, and no volume of Cinder's.
    restoreBootDisk: volumes.some(({ image }) => image !== undefined),
    volumes: cinderVolumes(volumes).map(({ id: volume }) => ({ id: volume, restoreVolume: true })),
  };
}

function renewed(instance: Instance, { rename = {}, flavors = {} }: RestoreChoices): InstanceOptions {
  const { id, name = id, availabilityZone, flavor, volumes } = instance;
  const renamed = typeof rename === "function" ? rename(name, id) : chosenFrom(rename, names(instance));
  const size = chosenFrom(flavors, names(instance));
  const { name: _name, ...same } = flavor ?? {};
  const wanted = size === undefined ? same : typeof size === "string" ? { id: size } : size;
  return {
    id,
    include: true,
    name: renamed ?? name,
    ...given({ availabilityZone, flavor: Object.keys(wanted).length > 0 ? wanted : undefined }),
    volumes: cinderVolumes(volumes).map(({ id: volume, type, availabilityZone: zone }) => ({
      id: volume,
      ...given({ newVolumeType: type, availabilityZone: zone }),
    })),
  };
}

type Disk = Instance["volumes"][number];

function cinderVolumes(disks: readonly Disk[]): (Disk & { id: string })[] {
  return disks.flatMap((disk) =>
    disk.id === undefined || disk.image !== undefined ? [] : [{ ...disk, id: disk.id }],
  );
}

interface Network {
  id: string;
  name: string | undefined;
  subnet: string | undefined;
}

/** Every network once, however many ports are in it. */
function networksOf(instances: readonly Instance[]): Network[] {
  const all = instances
    .flatMap(({ nics }) => nics)
    .flatMap(({ network, networkName, subnet }) =>
      network ? [{ id: network, name: networkName, subnet }] : [],
    );
  return [...new Map(all.map((network) => [network.id, network])).values()];
}

function targetOf(network: Network, networks: NonNullable<RestoreChoices["networks"]>): TargetNetwork {
  const choice = chosenFrom(networks, [network.id, network.name]);
  if (choice === undefined)
    return { id: network.id, ...given({ subnet: network.subnet, name: network.name }) };
  return typeof choice === "string" ? { id: choice } : choice;
}

function names({ id, name }: Instance): string[] {
  return name === undefined ? [id] : [id, name];
}

function chosenFrom<T>(choices: Record<string, T>, keys: readonly (string | undefined)[]): T | undefined {
  return keys
    .map((key) => (key !== undefined && Object.hasOwn(choices, key) ? choices[key] : undefined))
    .find((choice) => choice !== undefined);
}

/** A slip of the pen would restore something under its old name, or into the old network. */
function refuseStrangers(
  held: readonly Instance[],
  networks: readonly Network[],
  choices: RestoreChoices,
): void {
  const { instances = [], rename = {}, flavors = {}, networks: targets = {} } = choices;
  const known = held.flatMap(names);
  const named = [
    ...instances,
    ...(typeof rename === "function" ? [] : Object.keys(rename)),
    ...Object.keys(flavors),
  ];
  const places = networks.flatMap(({ id, name }) => (name === undefined ? [id] : [id, name]));
  const strangers = [
    ...named.filter((key) => !known.includes(key)),
    ...Object.keys(targets).filter((key) => !places.includes(key)),
  ];
  if (strangers.length === 0) return;
  throw new Error(
    `restoreOptionsFrom: the snapshot does not hold ${strangers.join(", ")}; ` +
      `instances: ${known.join(", ")}; networks: ${places.join(", ") || "none"}`,
  );
}

/** Without what is undefined. */
function given<T extends object>(values: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const entries = Object.entries(values).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as { [K in keyof T]?: Exclude<T[K], undefined> };
}
