export { firstKeptUntil, type Observed, retentionDifferences } from "./differences";
export { durationField, endAfter } from "./duration";
export { isOver, lost, whyGone } from "./expiry";
export {
  checkNewRetention,
  checkRetention,
  type RetentionInputs,
  type RetentionMode,
  retentionFields,
  retentionModes,
  retentionOutputs,
} from "./fields";
export {
  harmlessUntilDone,
  isGuarded,
  judgeChange,
  type Kept,
  refuseDeletion,
  stricterMode,
} from "./guard";
export { endOf, instantField, isoInstant, sameEnd, spoken, wireTimestamp } from "./instants";
export { snapshotLife } from "./snapshotLife";
