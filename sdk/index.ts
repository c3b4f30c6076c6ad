/** OpenStack volumes, snapshots and restores as code, through Waldur, Cinder or Trilio. */
export * as cinder from "./cinder";
export { Provider, type ProviderArgs } from "./provider";
export type { OpenStackSettings, WaldurSettings } from "./settings/types";
export * as trilio from "./trilio";
export * as waldur from "./waldur";
