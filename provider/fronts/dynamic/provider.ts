import { appliedKey } from "../../core/resource/appliedKey";

/** What stands among the names of secret arguments for those of which the engine alone knows. */
export const unknownSecrets = appliedKey;

/** Pulumi's type of a dynamic resource. @param type module and name, e.g. `waldur:Snapshot` */
export function dynamicToken(type: string): string {
  return `pulumi-nodejs:dynamic/openstack-snapshots/${type}`;
}

/** What is said where the package is not found from the folder of the program. */
export const missingPackage =
  "Pulumi cannot find pulumi-openstack-snapshots from the program's folder: add it to the program's own dependencies " +
  "(npm install pulumi-openstack-snapshots), even if a library already depends on it";

/** What Pulumi's dynamic provider loads of the package. */
export const entry = "pulumi-openstack-snapshots/dynamic";

/**
 * The text that Pulumi keeps with each dynamic resource and runs when it needs the provider: it requires the
 * installed package, so it is short, the same for every resource of a type, and never goes stale.
 *
 * Written by hand, where `pulumi.dynamic.Resource` would print closures: those come to some 2 kB, change with
 * whatever compiled or bundled this file, and take the TypeScript compiler to be printed.
 *
 * A destroy runs no program, so the text itself says where the package is missing. Pulumi prints an error of a provider
 * as its text and its stack before the engine shows the message, so these two say only what it is about.
 *
 * @param type module and name of the resource, e.g. `waldur:Snapshot`
 */
export function providerText(type: string): string {
  const [file, missing, name] = [entry, missingPackage, type].map((text) => JSON.stringify(text));
  return (
    `exports.handler = () => { try { require.resolve(${file}); } catch { throw Object.assign(new Error(${missing}), ` +
    `{ toString: () => "pulumi-openstack-snapshots", stack: "not found" }); } ` +
    `return require(${file}).provider(${name}); };`
  );
}

/**
 * The text of a resource that a program only reads: the one of the first version, which states have. With another the
 * engine would read again what it has read.
 *
 * @param type module and name of the resource, e.g. `waldur:Snapshot`
 */
export function readOnlyProviderText(type: string): string {
  return `exports.handler = () => require("${entry}").provider(${JSON.stringify(type)});`;
}
