import { amount, choice, text, yesNo } from "./guess";

/** Guesses on what objects look like when they are read (contract 2, 4, 6). */
export const objectGuesses = {
  fractionOnRead: choice(["dropped", "kept"], {
    decides: "microseconds of created_at on later reads: dropped (.000000); kept",
    evidence: "inferred",
    section: "3.4",
  }),
  timeOffsetMinutes: amount(0, {
    decides: "minutes that the server's timestamps are ahead of UTC, which they do not say; may be negative",
    evidence: "inferred",
    section: "4",
  }),
  restoreOptionsOnRead: choice(["echoed", "filled"], {
    decides: "restore_options later: as sent; filled with name, description and the instances restored",
    evidence: "inferred",
    section: "4",
  }),
  summaryFields: choice(["summary", "detail", "id"], {
    decides: "fields of GET /restores: detail without options and metadata; detail; id alone",
    evidence: "inferred",
    section: "2",
  }),
  restoreOrder: choice(["newest", "oldest"], {
    decides: "which restore is listed first",
    evidence: "inferred",
    section: "4",
  }),
  runningMessages: choice(["phases", "none"], {
    decides: "progress_msg while running: what is done at the moment; null to the end",
    evidence: "guess",
    section: "4",
  }),
  runningHost: choice(["set", "empty"], {
    decides: "host while running: set from the first step; empty to the end",
    evidence: "guess",
    section: "4",
  }),
  runningSize: choice(["zero", "known"], {
    decides: "size while running: zero to the end; known from the first step",
    evidence: "guess",
    section: "4",
  }),
  runningTime: choice(["zero", "counts"], {
    decides: "time_taken while running: zero to the end; counts",
    evidence: "guess",
    section: "4",
  }),
  failedInstances: choice(["none", "partial"], {
    decides: "instances of a restore that failed or was cancelled: none; the first one",
    evidence: "guess",
    section: "4, 5",
  }),
  kindInMetadata: yesNo(true, {
    decides: "whether restore_user_selected_value is there for selective and in-place too",
    evidence: "guess",
    section: "4",
  }),
  topologyItems: choice(["none", "listed"], {
    decides: "networks, subnets, routers of a restore with topology: empty; one item each",
    evidence: "guess",
    section: "4",
  }),
  goneSnapshotDetails: choice(["kept", "null", "absent"], {
    decides: "snapshot_details of a restore whose snapshot is gone: kept with deleted true; null; absent",
    evidence: "guess",
    section: "4, 6.2",
  }),
  snapshotBusyStatus: text("executing", {
    decides: "status of a snapshot that is being taken",
    evidence: "guess",
    section: "6.1",
  }),
  busySnapshotInstances: choice(["listed", "none"], {
    decides: "instances of a snapshot that is being taken: listed from the start; none until it is available",
    evidence: "guess",
    section: "6.1",
  }),
  snapshotShowFields: choice(["all", "known"], {
    decides: "fields of a snapshot's show: those of the list and of the raw row too; only those clients read",
    evidence: "inferred",
    section: "6.1",
  }),
  snapshotFlavorNumbers: choice(["number", "string"], {
    decides: "vcpus, ram and disk of a snapshot's flavor",
    evidence: "guess",
    section: "6.1",
  }),
  snapshotOrder: choice(["newest", "oldest"], {
    decides: "which snapshot is listed first",
    evidence: "guess",
    section: "6.1",
  }),
  snapshotDates: choice(["inclusive", "exclusive"], {
    decides: "whether date_from and date_to themselves are in",
    evidence: "guess",
    section: "2",
  }),
  allByNonAdmin: choice(["ignored", "refused"], {
    decides: "all and all_workloads asked by somebody who is no admin: ignored; refused (403)",
    evidence: "guess",
    section: "2",
  }),
  jobschedule: choice(["flat", "nested"], {
    decides: "a workload's schedule: flat (4.x, 5.x); nested (6.x)",
    evidence: "varies",
    section: "6.2, 8",
  }),
  jobscheduleEnabled: choice(["boolean", "string"], {
    decides: 'jobschedule.enabled: a boolean; "true" or "false"',
    evidence: "varies",
    section: "6.2",
  }),
  retentionValue: choice(["string", "number"], {
    decides: "retention values of a schedule",
    evidence: "varies",
    section: "6.2",
  }),
};
