export { firstKeptUntil, type Observed, retentionDifferences } from "./differences";
export { durationField, endAfter } from "./duration";
export { isOver, lost, whyGone } from "./expiry";
export {
  checkNewRetention,
  checkRetention,
  clockSkewMs,
  type RetentionInputs,
  type RetentionMode,
  retentionInputs,
  retentionLocals,
  retentionModes,
  retentionOutputs,
  retentionRules,
} from "./fields";
export {
  harderMode,
  harmlessUntilDone,
  isGuarded,
  judgeChange,
  type Kept,
  refuseDeletion,
} from "./guard";
export { endOf, instantField, instantRule, isoInstant, spoken, wireInstant } from "./instants";
export { type Looked, permitRetention } from "./permit";
