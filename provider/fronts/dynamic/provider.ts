import type * as pulumi from "@pulumi/pulumi";

/**
 * A dynamic provider without any state: each method requires the installed package when it runs. So Pulumi
 * keeps a text of about 1 kB for a resource, the same one on every run, which never goes stale.
 *
 * @param type module and name of the resource, e.g. `waldur:Snapshot`
 */
export function dynamicProvider(type: string): pulumi.dynamic.ResourceProvider {
  return {
    configure: async (request) => require("pulumi-openstack-snapshots/dynamic").configure(request),
    check: (olds, news) => require("pulumi-openstack-snapshots/dynamic").check(type, olds, news),
    diff: (id, olds, news) => require("pulumi-openstack-snapshots/dynamic").diff(type, id, olds, news),
    create: (news) => require("pulumi-openstack-snapshots/dynamic").create(type, news),
    read: (id, state) => require("pulumi-openstack-snapshots/dynamic").read(type, id, state),
    update: (id, olds, news) => require("pulumi-openstack-snapshots/dynamic").update(type, id, olds, news),
    delete: (id, state) => require("pulumi-openstack-snapshots/dynamic").delete(type, id, state),
  };
}
