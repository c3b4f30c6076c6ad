export { type Clock, ManualClock, ShiftedClock, systemClock } from "./clock/clock";
export type { Fault, FaultAction, FaultInjector, FaultMatch, FaultRule } from "./http/faults";
export * from "./trilio/index";
export * from "./waldur/index";
