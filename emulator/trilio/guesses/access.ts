import { choice, status, text, yesNo } from "./guess";

/** Guesses on addresses, headers, tokens and refusals (contract 1, 2, 7). */
export const accessGuesses = {
  catalogType: text("workloads", {
    decides: "service type in the Keystone catalog; the charm registers workloadmgr",
    evidence: "varies",
    section: "1",
  }),
  catalogName: text("TrilioVaultWLM", {
    decides: "service name in the Keystone catalog",
    evidence: "varies",
    section: "1",
  }),
  projectHeader: choice(["optional", "required", "id"], {
    decides: "X-Auth-Project-Id: optional; required (400 without); id (400 unless it is the project's id)",
    evidence: "inferred",
    section: "1",
  }),
  userAgent: choice(["any", "client"], {
    decides: "User-Agent: any; client (400 unless it is python-workloadmgrclient)",
    evidence: "inferred",
    section: "1",
  }),
  projectMismatchStatus: status([403, 400, 404], {
    decides: "status when the path names another project than the token",
    evidence: "guess",
    section: "1, 7",
  }),
  unknownQuery: choice(["ignored", "refused"], {
    decides: "query parameters that are not known: ignored; refused (400)",
    evidence: "guess",
    section: "9",
  }),
  nestedPathWorkload: choice(["checked", "ignored"], {
    decides: "workload in a nested path that is not the snapshot's: checked (404); ignored",
    evidence: "guess",
    section: "2",
  }),
  nestedShow: choice(["show", "detail"], {
    decides: "object of the nested GET of a restore: the same as show; detail, as in the list",
    evidence: "inferred",
    section: "2",
  }),
  deleteStatus: status([200, 202, 204], {
    decides: "status of DELETE /restores/{id}; the page has 200",
    evidence: "varies",
    section: "2",
  }),
  nestedDeleteStatus: status([202, 200, 204], {
    decides: "status of the nested DELETE of a restore; Trilio's tests expect 202",
    evidence: "varies",
    section: "2",
  }),
  errorEnvelope: choice(["nova", "error", "message", "text", "html"], {
    decides:
      'refusals: nova {"badRequest":{code,message}}; {"error":{code,title,message}}; {"message"}; text; html',
    evidence: "guess",
    section: "7",
  }),
  unauthorizedBody: choice(["keystone", "text", "empty"], {
    decides: "body of a 401: keystone's JSON; plain text; empty",
    evidence: "guess",
    section: "7",
  }),
  requestIdOnErrors: yesNo(true, {
    decides: "whether refusals carry X-Compute-Request-Id as answers do",
    evidence: "inferred",
    section: "1",
  }),
  policyStatus: status([403, 401, 404], {
    decides: "status when the role may not restore or delete",
    evidence: "guess",
    section: "7",
  }),
  readerMayCancel: yesNo(false, {
    decides: "whether the role reader may cancel; no policy name for a cancel is known",
    evidence: "guess",
    section: "7",
  }),
  badBodyStatus: status([400, 422], {
    decides: "status of a body that makes no sense",
    evidence: "guess",
    section: "7",
  }),
  badStateStatus: status([400, 409], {
    decides: "status when the state of the restore or snapshot does not allow it",
    evidence: "guess",
    section: "7",
  }),
};
