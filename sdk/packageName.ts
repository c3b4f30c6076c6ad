/** The package's name in Pulumi, and the namespace of its settings. */
export const packageName = "openstack-snapshots";
