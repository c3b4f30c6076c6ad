export { type Clock, ManualClock, ShiftedClock, systemClock } from "./clock/clock";
export type { FaultMatch } from "./http/faults";
export type { Json, JsonObject } from "./http/json";
export * from "./trilio/index";
export * from "./waldur/index";
