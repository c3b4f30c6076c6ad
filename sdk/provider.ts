import * as pulumi from "@pulumi/pulumi";
import { packageName } from "./fronts";

import type { WaldurSettings } from "./waldur/types";

/** Settings of a provider; what is not given comes from the environment. */
export type ProviderArgs = WaldurSettings;

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
    const { waldurAccessToken, ...others } = args;
    const token =
      waldurAccessToken === undefined ? {} : { waldurAccessToken: pulumi.secret(waldurAccessToken) };
    super(packageName, name, { ...others, ...token }, opts);
  }
}
