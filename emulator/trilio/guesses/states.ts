import { amount, choice, status, text, yesNo } from "./guess";

/** Guesses on states, cancelling and deleting (contract 5). */
export const stateGuesses = {
  snapshotBusyWhileRestoring: yesNo(true, {
    decides: "whether a snapshot leaves available while it is being restored",
    evidence: "inferred",
    section: "5",
  }),
  snapshotStatusWhileRestoring: text("restoring", {
    decides: "status of a snapshot while it is being restored",
    evidence: "guess",
    section: "5",
  }),
  createOnBusySnapshot: choice(["refused", "accepted", "error"], {
    decides: "a restore of a snapshot that is busy: refused; accepted; ends in error",
    evidence: "guess",
    section: "5",
  }),
  createOnFailedSnapshot: choice(["refused", "error"], {
    decides: "a restore of a snapshot that is in error: refused; ends in error",
    evidence: "guess",
    section: "5",
  }),
  cancelSettled: choice(["ignored", "refused"], {
    decides: "cancel of a restore that has ended: ignored (200); refused",
    evidence: "guess",
    section: "5",
  }),
  cancelSeconds: amount(20, {
    decides: "seconds until a cancelled restore is cancelled, before --speed",
    evidence: "guess",
    section: "5",
  }),
  statusWhileCancelling: text("restoring", {
    decides: "status of a restore between cancel and its end",
    evidence: "guess",
    section: "5",
  }),
  cancelledPercent: choice(["kept", "full"], {
    decides: "progress_percent of a cancelled restore: as it was; 100",
    evidence: "guess",
    section: "5",
  }),
  cancelledFinishedAt: choice(["set", "null"], {
    decides: "finished_at of a cancelled restore",
    evidence: "guess",
    section: "5",
  }),
  cancelledMessage: text("", {
    decides: "error_msg of a cancelled restore; empty: null",
    evidence: "guess",
    section: "5",
  }),
  deleteRunning: choice(["refused", "cancels", "accepted"], {
    decides: "delete of a running restore: refused; cancels it first; accepted, the record goes at once",
    evidence: "guess",
    section: "5",
  }),
  deleteSeconds: amount(0, {
    decides: "seconds until a deleted record is gone, before --speed",
    evidence: "guess",
    section: "5",
  }),
  statusWhileDeleting: text("deleting", {
    decides: "status of a restore whose record is being deleted",
    evidence: "guess",
    section: "5",
  }),
  showAfterDelete: status([404, 200], {
    decides: "GET of a deleted restore: 404; 200 with status deleted",
    evidence: "inferred",
    section: "5",
  }),
  listAfterDelete: choice(["left out", "listed"], {
    decides: "a deleted restore in lists: left out; listed with status deleted",
    evidence: "inferred",
    section: "5",
  }),
  restoresOfGoneSnapshot: choice(["kept", "gone"], {
    decides: "restores of a snapshot that is deleted: kept; gone with it",
    evidence: "guess",
    section: "5",
  }),
};
