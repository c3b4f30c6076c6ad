import type { RestoreRequest } from "../../../provider/trilio/restoration/body";

/** A request body that is known to be accepted, and the arguments that come to it. */
export interface KnownBody {
  /** Where it is from: the API page, or a line of the contract. */
  from: string;
  input: RestoreRequest;
  restore: { name?: string; description?: string; options: Record<string, unknown> };
}

const instance = "e33c1eea-c533-4945-864d-0da1fc002070";
const other = "67d6a100-fee6-4aa5-83a1-66b070d2eabe";
const volume = "365ad75b-ca76-46cb-8eea-435535fd2e22";
const network = "5fb7027d-a2ac-4a21-9ee1-438c281d2b26";
const subnet = "b7b54304-aa82-4d50-91e6-66445ab56db4";

const oneClick = { type: "openstack", oneclickrestore: true, vmware: {}, restore_type: "oneclick" };
const selective = { type: "openstack", oneclickrestore: false, restore_type: "selective" };
const inPlace = { type: "openstack", oneclickrestore: false, restore_type: "inplace" };
/** What a selective body has in any case. */
const plain = { restore_topology: false, networks_mapping: { networks: [] } };
const one = (more: object = {}) => ({ id: instance, include: true, nics: [], vdisks: [], ...more });

/**
 * Every body of the API page (placeholders filled in) and of the contract's section 3.
 *
 * Left out, since they say the same in another spelling: `oneclickrestore: "True"`, a missing `oneclickrestore`, and
 * `name`, `description` and `restore_options` inside of `options`, which older clients send beside those of the top.
 */
export const knownBodies: readonly KnownBody[] = [
  {
    from: "page, One Click Restore",
    input: { kind: "one-click", name: "One Click Restore", description: "One Click Restore" },
    restore: {
      name: "One Click Restore",
      description: "One Click Restore",
      options: { ...oneClick, openstack: {} },
    },
  },
  {
    from: "page, List Restores: restore_options of a finished one-click",
    input: {
      kind: "one-click",
      name: "OneClick Restore",
      description: "-",
      options: {
        instances: [
          { name: "cirros-2", id: other, availabilityZone: "nova" },
          { name: "cirros-1", id: instance, availabilityZone: "nova" },
        ],
      },
    },
    restore: {
      name: "OneClick Restore",
      description: "-",
      options: {
        ...oneClick,
        openstack: {
          instances: [
            { name: "cirros-2", id: other, availability_zone: "nova" },
            { name: "cirros-1", id: instance, availability_zone: "nova" },
          ],
        },
      },
    },
  },
  {
    from: "contract 3.1: one-click with an empty list and an empty zone",
    input: {
      kind: "one-click",
      name: "r",
      description: "d",
      options: { instances: [], availabilityZone: "" },
    },
    restore: {
      name: "r",
      description: "d",
      options: { ...oneClick, zone: "", openstack: { instances: [] } },
    },
  },
  {
    from: "page, Selective Restore: restore_options of the answer",
    input: {
      kind: "selective",
      name: "API",
      description: "API Created",
      options: {
        instances: [
          {
            id: instance,
            include: true,
            name: "cirros-1-selective",
            availabilityZone: "nova",
            flavor: { id: "1", vcpus: 1, ram: 512, disk: 1, ephemeral: 0, swap: 0 },
            nics: [],
            volumes: [{ id: volume, newVolumeType: "iscsi", availabilityZone: "nova" }],
          },
          { id: other, include: false },
        ],
        restoreTopology: false,
        networksMapping: [
          {
            snapshotNetwork: { id: network, subnet },
            targetNetwork: { id: network, subnet, name: "internal" },
          },
        ],
      },
    },
    restore: {
      name: "API",
      description: "API Created",
      options: {
        ...selective,
        openstack: {
          instances: [
            {
              vdisks: [{ new_volume_type: "iscsi", id: volume, availability_zone: "nova" }],
              name: "cirros-1-selective",
              availability_zone: "nova",
              nics: [],
              flavor: { vcpus: 1, disk: 1, swap: "", ram: 512, ephemeral: 0, id: "1" },
              include: true,
              id: instance,
            },
            { include: false, id: other },
          ],
          restore_topology: false,
          networks_mapping: {
            networks: [
              {
                snapshot_network: { subnet: { id: subnet }, id: network },
                target_network: { subnet: { id: subnet }, id: network, name: "internal" },
              },
            ],
          },
        },
      },
    },
  },
  {
    from: "page, Selective Restore, Body Format: a port made beforehand, every size a number",
    input: {
      kind: "selective",
      name: "r",
      description: "d",
      options: {
        instances: [
          {
            id: instance,
            name: "new",
            availabilityZone: "az1",
            volumes: [{ id: volume, newVolumeType: "ssd", availabilityZone: "az2" }],
            nics: [{ port: "p", macAddress: "fa:16:3e:00:00:01", ipAddress: "10.0.0.5", network, subnet }],
            flavor: { id: "f", vcpus: 2, disk: 20, swap: 512, ram: 2048, ephemeral: 10 },
          },
        ],
        restoreTopology: true,
        networksMapping: [
          {
            snapshotNetwork: { id: network, subnet },
            targetNetwork: { id: "n2", subnet: "s2", name: "dmz" },
          },
        ],
      },
    },
    restore: {
      name: "r",
      description: "d",
      options: {
        ...selective,
        openstack: {
          instances: [
            {
              name: "new",
              include: true,
              id: instance,
              availability_zone: "az1",
              vdisks: [{ id: volume, new_volume_type: "ssd", availability_zone: "az2" }],
              nics: [
                {
                  mac_address: "fa:16:3e:00:00:01",
                  ip_address: "10.0.0.5",
                  id: "p",
                  network: { subnet: { id: subnet }, id: network },
                },
              ],
              flavor: { vcpus: 2, disk: 20, swap: 512, ram: 2048, ephemeral: 10, id: "f" },
            },
          ],
          restore_topology: true,
          networks_mapping: {
            networks: [
              {
                snapshot_network: { subnet: { id: subnet }, id: network },
                target_network: { subnet: { id: "s2" }, id: "n2", name: "dmz" },
              },
            ],
          },
        },
      },
    },
  },
  {
    from: "contract 3.2: the topology restored, nothing mapped",
    input: {
      kind: "selective",
      options: { instances: [{ id: instance }], restoreTopology: true, networksMapping: [] },
    },
    restore: {
      options: { ...selective, openstack: { instances: [one()], ...plain, restore_topology: true } },
    },
  },
  {
    from: "contract 3.2: a target network without its name",
    input: {
      kind: "selective",
      options: {
        instances: [],
        networksMapping: [
          { snapshotNetwork: { id: network, subnet }, targetNetwork: { id: "n2", subnet: "s2" } },
        ],
      },
    },
    restore: {
      options: {
        ...selective,
        openstack: {
          instances: [],
          restore_topology: false,
          networks_mapping: {
            networks: [
              {
                snapshot_network: { id: network, subnet: { id: subnet } },
                target_network: { id: "n2", subnet: { id: "s2" } },
              },
            ],
          },
        },
      },
    },
  },
  ...(
    [
      ["a flavor by its id alone", { flavor: { id: "f" } }, { flavor: { id: "f" } }],
      [
        "a flavor by its sizes alone",
        { flavor: { vcpus: 1, ram: 512, disk: 1, ephemeral: 0, swap: 1 } },
        { flavor: { vcpus: 1, ram: 512, disk: 1, ephemeral: 0, swap: 1 } },
      ],
      ["no flavor", {}, {}],
      [
        "a nic by its network, without addresses",
        { nics: [{ port: network, macAddress: "", ipAddress: "", network, subnet }] },
        {
          nics: [
            {
              id: network,
              mac_address: "",
              ip_address: "",
              network: { id: network, subnet: { id: subnet } },
            },
          ],
        },
      ],
      ["the boot disk named too", { restoreBootDisk: true }, { restore_boot_disk: true }],
      ["a server group", { serverGroup: "g" }, { server_group: "g" }],
    ] as const
  ).map(
    ([what, input, wire]): KnownBody => ({
      from: `contract 3.2: ${what}`,
      input: {
        kind: "selective",
        options: { instances: [{ id: instance, ...structuredClone<object>(input) }] },
      },
      restore: { options: { ...selective, openstack: { instances: [one(wire)], ...plain } } },
    }),
  ),
  {
    from: "page, Inplace Restore: restore_options of the answer",
    input: {
      kind: "in-place",
      name: "API",
      description: "API description",
      options: {
        instances: [
          { id: instance, restoreBootDisk: true, volumes: [{ id: volume }] },
          { id: other, include: true, restoreBootDisk: true, volumes: [{ id: "v2", restoreVolume: true }] },
        ],
      },
    },
    restore: {
      name: "API",
      description: "API description",
      options: {
        ...inPlace,
        openstack: {
          instances: [
            {
              restore_boot_disk: true,
              include: true,
              id: instance,
              vdisks: [{ restore_cinder_volume: true, id: volume }],
            },
            {
              restore_boot_disk: true,
              include: true,
              id: other,
              vdisks: [{ restore_cinder_volume: true, id: "v2" }],
            },
          ],
        },
      },
    },
  },
  {
    from: "contract 3.3: what else is accepted: a name, a zone, a volume type, an empty mapping; a volume left as it is",
    input: {
      kind: "in-place",
      options: {
        instances: [
          {
            id: instance,
            name: "vm",
            availabilityZone: "nova",
            volumes: [{ id: volume, restoreVolume: false, newVolumeType: "ssd" }],
          },
        ],
        networksMapping: [],
      },
    },
    restore: {
      options: {
        ...inPlace,
        openstack: {
          instances: [
            {
              id: instance,
              include: true,
              name: "vm",
              availability_zone: "nova",
              restore_boot_disk: false,
              vdisks: [{ id: volume, restore_cinder_volume: false, new_volume_type: "ssd" }],
            },
          ],
          networks_mapping: { networks: [] },
        },
      },
    },
  },
];
