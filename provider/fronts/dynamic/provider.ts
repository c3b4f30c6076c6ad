import { appliedKey } from "../../core/resource/appliedKey";

/** What stands among the names of secret arguments for those of which the engine alone knows. */
export const unknownSecrets = appliedKey;

/** Pulumi's type of a dynamic resource. @param type module and name, e.g. `waldur:Snapshot` */
export function dynamicToken(type: string): string {
  return `pulumi-nodejs:dynamic/openstack-snapshots/${type}`;
}

/**
 * The text that Pulumi keeps with each dynamic resource and runs when it needs the provider: it requires the
 * installed package, so it is short, the same for every resource of a type, and never goes stale.
 *
 * Written by hand, where `pulumi.dynamic.Resource` would print closures: those come to some 2 kB, change with
 * whatever compiled or bundled this file, and take the TypeScript compiler to be printed. States hold it: with another
 * text the engine would read again what a program only reads.
 *
 * @param type module and name of the resource, e.g. `waldur:Snapshot`
 */
export function providerText(type: string): string {
  return `exports.handler = () => require("pulumi-openstack-snapshots/dynamic").provider(${JSON.stringify(type)});`;
}
