import { appliedKey } from "../../core/resource/appliedKey";

/** What stands among the names of secret arguments for those of which the engine alone knows. */
export const unknownSecrets = appliedKey;

/** Pulumi's type of a dynamic resource. @param type module and name, e.g. `waldur:Snapshot` */
export function dynamicToken(type: string): string {
  return `pulumi-nodejs:dynamic/openstack-snapshots/${type}`;
}

/** What is said where the package is not found from the folder of the program. */
export const missingPackage =
  "Pulumi does not find pulumi-openstack-snapshots from the folder of the program: add it to the dependencies of the " +
  "program itself (npm install pulumi-openstack-snapshots), although a library depends on it already.";

/**
 * The text that Pulumi keeps with each dynamic resource and runs when it needs the provider: it requires the
 * installed package, so it is short, the same for every resource of a type, and never goes stale.
 *
 * Written by hand, where `pulumi.dynamic.Resource` would print closures: those come to some 2 kB, change with
 * whatever compiled or bundled this file, and take the TypeScript compiler to be printed.
 *
 * @param type module and name of the resource, e.g. `waldur:Snapshot`
 */
export function providerText(type: string): string {
  const [entry, missing, name] = ["pulumi-openstack-snapshots/dynamic", missingPackage, type].map((text) =>
    JSON.stringify(text),
  );
  return (
    `exports.handler = () => { try { require.resolve(${entry}); } ` +
    `catch { throw Object.assign(new Error(${missing}), { stack: "" }); } ` +
    `return require(${entry}).provider(${name}); };`
  );
}
