/** A program that takes one snapshot, in one of the languages and ways that there are. */
export interface Program {
  name: string;
  /** What its manifest says besides its name. */
  manifest: Record<string, string>;
  file: string;
  text: string;
}

const args = "{ volumeId: process.env.VOLUME }";

/** CommonJS, which needs nothing. */
const commonJs: Program = {
  name: "cjs",
  manifest: {},
  file: "index.js",
  text: `const { waldur } = require("pulumi-openstack-snapshots");
const { getSnapshots } = require("pulumi-openstack-snapshots/waldur");
exports.id = new waldur.Snapshot("nightly", ${args}).id;
exports.found = getSnapshots({}).then(({ snapshots }) => snapshots.length > 0);
`,
};

const typed = `import * as pulumi from "@pulumi/pulumi";
import { type ProviderArgs, waldur } from "pulumi-openstack-snapshots";
import { Snapshot, type SnapshotArgs } from "pulumi-openstack-snapshots/waldur";
const args: SnapshotArgs = { volumeId: process.env.VOLUME as string };
const settings: ProviderArgs = {};
const nightly: waldur.Snapshot = new Snapshot("nightly", args);
export const id: pulumi.Output<string> = nightly.id;
export const count: number = Object.keys(settings).length;
`;

/** Programs that every package manager is tried with. */
export const programs: readonly Program[] = [
  commonJs,
  {
    name: "esm",
    manifest: { type: "module" },
    file: "index.js",
    text: `import { Provider, cinder, trilio, waldur } from "pulumi-openstack-snapshots";
import { getSnapshots, Snapshot } from "pulumi-openstack-snapshots/waldur";
if (!Provider || !cinder.Volume || !trilio.getRestore || waldur.Snapshot !== Snapshot) throw new Error("exports");
const { snapshots } = await getSnapshots({});
export const id = new Snapshot("nightly", ${args}).id;
export const found = snapshots.length > 0;
`,
  },
  { name: "ts", manifest: {}, file: "index.ts", text: typed },
];

/** What Node and bun run as it is, without Pulumi's TypeScript. */
export const native: readonly Program[] = [
  { name: "strip-cjs", manifest: {}, file: "index.ts", text: typed },
  { name: "strip-esm", manifest: { type: "module" }, file: "index.ts", text: typed },
];

/** The name of the library through which a program reaches the package. */
export const libraryName = "backups";

/** Its text. */
export const library = `const { waldur } = require("pulumi-openstack-snapshots");
exports.backup = (name, volumeId) => new waldur.Snapshot(name, { volumeId });
`;

/** A program that knows the library alone. */
export const throughLibrary: Program = {
  ...commonJs,
  name: "below",
  text: `const { backup } = require("${libraryName}");
exports.id = backup("nightly", process.env.VOLUME).id;
`,
};
