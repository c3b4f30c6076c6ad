import { canonical, defined, isRecord } from "../../core/values";
import type { WireOptions } from "../wire";
import type { InstanceOptions, RestoreKind, RestoreOptions } from "./options";

const wireKinds = { "one-click": "oneclick", selective: "selective", "in-place": "inplace" } as const;

/**
 * The options of a restore as the body that starts it holds them. API pages: One Click, Selective and Inplace
 * Restore, "Body Format"; contract, section 3.
 *
 * @param held ids of the instances that the snapshot holds: those that are not listed are sent as excluded, since
 *   what a server does with an instance that it is told nothing of is not public
 */
export function writeOptions(
  kind: RestoreKind,
  options: RestoreOptions = {},
  held: readonly string[] = [],
): Record<string, unknown> {
  return defined({
    type: "openstack",
    restore_type: wireKinds[kind],
    oneclickrestore: kind === "one-click",
    zone: options.availabilityZone,
    openstack: openstackOf(kind, options, held),
    vmware: kind === "one-click" ? {} : undefined,
  });
}

function openstackOf(kind: RestoreKind, options: RestoreOptions, held: readonly string[]): object {
  const { instances, networksMapping, restoreTopology } = options;
  if (kind === "one-click") {
    return defined({
      instances: instances?.map(({ id, name, availabilityZone }) =>
        defined({ id, name, availability_zone: availabilityZone }),
      ),
    });
  }
  const listed = instances ?? [];
  const others = held.filter((id) => !listed.some((each) => each.id === id));
  return defined({
    instances: [
      ...listed.map((each) => instanceOf(kind, each)),
      ...others.map((id) => ({ id, include: false })),
    ],
    restore_topology: kind === "selective" ? (restoreTopology ?? false) : undefined,
    networks_mapping:
      kind === "selective" || networksMapping ? { networks: networksOf(networksMapping) } : undefined,
  });
}

/** An excluded instance carries nothing but its id (the page's selective sample). */
function instanceOf(kind: RestoreKind, instance: InstanceOptions): object {
  const { id, include = true, name, availabilityZone: availability_zone, volumes = [] } = instance;
  if (!include) return { id, include };
  const common = { id, include, name, availability_zone };
  if (kind === "in-place") {
    return defined({
      ...common,
      restore_boot_disk: instance.restoreBootDisk ?? false,
      // Without its flag a listed volume seems to be overwritten (contract, 3.3): it is never left out.
      vdisks: volumes.map(({ id: volume, newVolumeType, restoreVolume = true }) =>
        defined({ id: volume, restore_cinder_volume: restoreVolume, new_volume_type: newVolumeType }),
      ),
    });
  }
  return defined({
    ...common,
    flavor: instance.flavor && flavorOf(instance.flavor),
    nics: (instance.nics ?? []).map(({ port, macAddress, ipAddress, network, subnet }) =>
      defined({
        id: port,
        mac_address: macAddress,
        ip_address: ipAddress,
        network: network || subnet ? networkOf({ id: network, subnet }) : undefined,
      }),
    ),
    vdisks: volumes.map(({ id: volume, newVolumeType, availabilityZone }) =>
      defined({ id: volume, new_volume_type: newVolumeType, availability_zone: availabilityZone }),
    ),
    restore_boot_disk: instance.restoreBootDisk,
    server_group: instance.serverGroup,
  });
}

/** No swap is an empty text, as Nova writes it (the page's selective sample). */
function flavorOf({ swap, ...others }: NonNullable<InstanceOptions["flavor"]>): object {
  return defined({ ...others, swap: swap === 0 ? "" : swap });
}

function networksOf(mapping: RestoreOptions["networksMapping"] = []): object[] {
  return mapping.map(({ snapshotNetwork, targetNetwork }) => ({
    snapshot_network: networkOf(snapshotNetwork),
    target_network: networkOf(targetNetwork),
  }));
}

function networkOf(network: {
  id?: string | undefined;
  subnet?: string | undefined;
  name?: string | undefined;
}) {
  const { id, name, subnet } = network;
  return defined({ id, name, subnet: subnet === undefined ? undefined : { id: subnet } });
}

/** The kind of a restore: its own `restore_type` is "restore" for all (contract, section 4), the options tell. */
export function kindOf(wire: WireOptions | undefined): RestoreKind | undefined {
  const word = wire?.restore_type?.toLowerCase().replaceAll(/[^a-z]/g, "");
  const kind = (Object.keys(wireKinds) as RestoreKind[]).find((each) => wireKinds[each] === word);
  return kind ?? (wire?.oneclickrestore ? "one-click" : undefined);
}

/** The options that a restore was started with, in our terms; `undefined` where there were none. */
export function optionsOf(wire: WireOptions | undefined): RestoreOptions | undefined {
  const kind = kindOf(wire);
  const { instances, networks_mapping, restore_topology } = wire?.openstack ?? {};
  const mapping = networks_mapping?.networks?.flatMap(({ snapshot_network: from, target_network: to }) =>
    from?.id === undefined || to?.id === undefined
      ? []
      : [
          {
            snapshotNetwork: defined({ id: from.id, subnet: from.subnet?.id }),
            targetNetwork: defined({ id: to.id, subnet: to.subnet?.id, name: to.name }),
          },
        ],
  );
  const options = defined({
    instances: instances?.map((each) => instanceOptions(kind, each)),
    networksMapping: mapping,
    restoreTopology: restore_topology,
    availabilityZone: wire?.zone,
  }) as RestoreOptions;
  return Object.keys(options).length > 0 ? options : undefined;
}

type WireInstance = NonNullable<NonNullable<WireOptions["openstack"]>["instances"]>[number];

function instanceOptions(kind: RestoreKind | undefined, instance: WireInstance): InstanceOptions {
  const { id, include, name, availability_zone, flavor, restore_boot_disk, server_group } = instance;
  const nics = instance.nics?.map(({ id: port, mac_address, ip_address, network }) =>
    defined({
      port,
      macAddress: mac_address,
      ipAddress: ip_address,
      network: network?.id,
      subnet: network?.subnet?.id,
    }),
  );
  return defined({
    id,
    include,
    name,
    availabilityZone: availability_zone,
    flavor: flavor && defined(flavor),
    nics: kind === "selective" && nics?.length ? nics : undefined,
    volumes: instance.vdisks?.map((disk) =>
      defined({
        id: disk.id,
        newVolumeType: disk.new_volume_type,
        availabilityZone: disk.availability_zone,
        restoreVolume: disk.restore_cinder_volume,
      }),
    ),
    restoreBootDisk: restore_boot_disk,
    serverGroup: server_group,
  }) as InstanceOptions;
}

/**
 * Whether two sets of options ask for the same restore, however they are spelled and ordered.
 *
 * @param kind the declared one; one that is not known yet is taken for selective, which writes them all
 */
export function sameOptions(kind: unknown, one: unknown, other: unknown): boolean {
  return meaning(kind, one) === meaning(kind, other);
}

function meaning(kind: unknown, options: unknown): string {
  const known = typeof kind === "string" && kind in wireKinds ? (kind as RestoreKind) : "selective";
  return canonical(unordered(writeOptions(known, (options ?? {}) as RestoreOptions)));
}

/** What is restored does not depend on the order; nothing and an empty list, and not listed and excluded, are alike. */
function unordered(value: unknown): unknown {
  if (Array.isArray(value)) {
    const items = value.filter((item) => !(isRecord(item) && item.include === false)).map(unordered);
    return items.sort((a, b) => (canonical(a) < canonical(b) ? -1 : 1));
  }
  if (!isRecord(value)) return value;
  const entries = Object.entries(value).map(([key, inner]) => [key, unordered(inner)] as const);
  return Object.fromEntries(entries.filter(([, inner]) => !Array.isArray(inner) || inner.length > 0));
}
