import * as pulumi from "@pulumi/pulumi";
import type { CinderSettings } from "./cinder/types";
import { packageName } from "./fronts";
import type { WaldurSettings } from "./waldur/types";

/** Settings of a provider; what is not given comes from the environment, or from clouds.yaml. */
export type ProviderArgs = WaldurSettings & CinderSettings;

/** The settings that are credentials. */
const secrets: readonly (keyof ProviderArgs)[] = [
  "waldurAccessToken",
  "password",
  "applicationCredentialSecret",
  "token",
];

/**
 * A provider with settings of its own, so that one stack can use several portals. Resources that are given it
 * go through the plugin.
 *
 * @example
 * ```ts
 * const siteB = new Provider("site-b", {
 *   waldurApiUrl: "https://site-b.example.com/api/",
 *   waldurAccessToken: config.requireSecret("siteBToken"),
 * });
 * new waldur.Snapshot("nightly-b", { sourceVolume }, { provider: siteB });
 * ```
 */
export class Provider extends pulumi.ProviderResource {
  constructor(name: string, args: ProviderArgs = {}, opts: pulumi.ResourceOptions = {}) {
    const hidden = secrets.filter((name) => args[name] !== undefined);
    const marked = Object.fromEntries(hidden.map((name) => [name, pulumi.secret(args[name])]));
    super(packageName, name, { ...args, ...marked }, opts);
  }
}
