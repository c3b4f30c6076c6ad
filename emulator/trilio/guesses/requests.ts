import { choice, yesNo } from "./guess";

/** Guesses on what a create needs and means (contract 3). */
export const requestGuesses = {
  optionsRequired: yesNo(true, {
    decides: "whether a body without restore.options is refused; else it is a one-click restore",
    evidence: "inferred",
    section: "3",
  }),
  typeRequired: yesNo(true, {
    decides: 'whether options.type must be "openstack"',
    evidence: "inferred",
    section: "3",
  }),
  restoreTypeRequired: yesNo(true, {
    decides: "whether options.restore_type must be given; else oneclickrestore decides",
    evidence: "inferred",
    section: "3",
  }),
  extraKeys: choice(["accepted", "refused"], {
    decides: "keys of restore and options that no client sends: accepted; refused",
    evidence: "inferred",
    section: "3",
  }),
  missingName: choice(["options", "empty", "null"], {
    decides: "name and description when not at the top level: those in options, else empty; empty; null",
    evidence: "guess",
    section: "3",
  }),
  oneclickLiveOriginals: choice(["error", "refused", "restored"], {
    decides: "one-click while an original instance exists: ends in error; refused; restored beside it",
    evidence: "guess",
    section: "3.1",
  }),
  selectiveWithoutMapping: choice(["error", "refused", "accepted"], {
    decides: "selective without topology and without mapping: ends in error; refused; accepted",
    evidence: "inferred",
    section: "3.2",
  }),
  unlistedInstances: choice(["left", "restored", "refused"], {
    decides: "instances of the snapshot that a selective or in-place body does not list",
    evidence: "guess",
    section: "3.2",
  }),
  absentInclude: choice(["included", "left"], {
    decides: "a listed instance without include: included; left",
    evidence: "guess",
    section: "3.2",
  }),
  noInstances: choice(["available", "error", "refused"], {
    decides: "a body that includes no instance: ends available with none; ends in error; refused",
    evidence: "guess",
    section: "3.2",
  }),
  unknownInstance: choice(["error", "refused", "ignored"], {
    decides: "an instance or volume that the snapshot does not hold: ends in error; refused; ignored",
    evidence: "guess",
    section: "3.2",
  }),
  nicId: choice(["unchecked", "port", "network"], {
    decides: "nics[].id: unchecked; port (must be an existing port); network (must be network.id)",
    evidence: "varies",
    section: "3.2",
  }),
  inplaceAbsentFlag: choice(["restored", "left"], {
    decides: "a listed volume without restore_cinder_volume: overwritten; left as it is",
    evidence: "inferred",
    section: "3.3",
  }),
  inplaceUnlistedVolume: choice(["left", "restored"], {
    decides: "a volume that an in-place body does not list: left as it is; overwritten",
    evidence: "inferred",
    section: "3.3",
  }),
  inplaceMissingOriginal: choice(["error", "refused"], {
    decides: "in-place while an original instance is gone: ends in error; refused",
    evidence: "inferred",
    section: "3.3",
  }),
  inplaceInstanceIds: choice(["same", "new"], {
    decides: "instances[].id after an in-place restore: the original's id; a new one",
    evidence: "guess",
    section: "4",
  }),
};
