import * as pulumi from "@pulumi/pulumi";
import { demandPlugin } from "./fronts";
import { packageName } from "./packageName";
import { type OpenStackSettings, secretSettings, type WaldurSettings } from "./settings/types";

/** Settings of a provider; what is not given comes from clouds.yaml and the environment. */
export type ProviderArgs = WaldurSettings & OpenStackSettings;

/**
 * A provider with settings of its own, so that one stack can use several portals or clouds. Resources that are
 * given it go through the plugin.
 *
 * @example
 * ```ts
 * const siteB = new Provider("site-b", {
 *   waldurApiUrl: "https://site-b.example.com/api/",
 *   waldurAccessToken: config.requireSecret("siteBToken"),
 * });
 * new waldur.Snapshot("nightly-b", { volumeId }, { provider: siteB });
 * ```
 */
export class Provider extends pulumi.ProviderResource {
  constructor(name: string, args: ProviderArgs = {}, opts: pulumi.ResourceOptions = {}) {
    const secrets = secretSettings.flatMap((setting) => {
      const value = args[setting];
      return value === undefined ? [] : [[setting, pulumi.secret(value)]];
    });
    if (opts.pluginDownloadURL === undefined) demandPlugin();
    super(packageName, name, { ...args, ...Object.fromEntries(secrets) }, opts);
  }
}
