export { firstKeptUntil, type Observed, retentionDifferences } from "./differences";
export { durationField, endAfter } from "./duration";
export {
  checkNewRetention,
  checkRetention,
  type RetentionInputs,
  type RetentionMode,
  retentionFields,
  retentionModes,
  retentionOutputs,
} from "./fields";
export { declaresRetention, foreignEnd } from "./foreign";
export { whyGuarded } from "./guard";
export { knownEnd } from "./held";
export { endOf, readEnd, sameEnd, timestampField, wireTimestamp } from "./instants";
export { type Kept, stricterMode } from "./kept";
export { snapshotLife } from "./snapshotLife";
