/** OpenStack volumes, snapshots and restores as code, through the door that a team has. */
export * as waldur from "./waldur";
