/** OpenStack volumes, snapshots and restores as code, through the door that a team has. */
export { Provider, type ProviderArgs } from "./provider";
export * as trilio from "./trilio";
export * as waldur from "./waldur";
