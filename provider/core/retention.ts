export { firstKeptUntil, type Observed, retentionDifferences } from "./retention/differences";
export { durationField, endAfter } from "./retention/duration";
export { isOver, lost, whyGone } from "./retention/expiry";
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
} from "./retention/fields";
export {
  harderMode,
  harmlessUntilDone,
  isGuarded,
  judgeChange,
  type Kept,
  refuseDeletion,
} from "./retention/guard";
export { endOf, instantField, instantRule, isoInstant, spoken, wireInstant } from "./retention/instants";
export { type Looked, permitRetention } from "./retention/permit";
