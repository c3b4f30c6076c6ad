import { DiffResponse, PropertyDiff } from "@pulumi/pulumi/proto/provider_pb";
import type { Change } from "../core/resource/lifecycle";
import type { Detail } from "./detail";

/** What differs, and in which order the engine is to replace. */
export interface Compared {
  changes: readonly Change[];
  /** The same, place by place. */
  details: readonly Detail[];
  /** Whether the old one must go before a new one can come. */
  deleteBeforeReplace: boolean;
  /** Whether nothing may differ, but the state is one of an earlier version. */
  outdated?: boolean;
}

/** The answer to Diff: what changes, what of it replaces, and how each place does. */
export function diffResponse(compared: Compared): DiffResponse {
  const { changes, deleteBeforeReplace, outdated = false } = compared;
  const response = new DiffResponse();
  const { DIFF_SOME, DIFF_NONE } = DiffResponse.DiffChanges;
  response.setChanges(changes.length > 0 || outdated ? DIFF_SOME : DIFF_NONE);
  response.setReplacesList(changes.filter(({ kind }) => kind === "replace").map(({ property }) => property));
  response.setDeletebeforereplace(deleteBeforeReplace);
  // Without a place in which something differs, an engine that is told places would take nothing for different.
  if (changes.length > 0 || !outdated) tellDetails(response, compared);
  return response;
}

/** Says in an answer to Diff which properties differ, and where; the option `replaceOnChanges` goes by that. */
export function tellDetails(response: DiffResponse, { changes, details }: Compared): void {
  response.setDiffsList(changes.map(({ property }) => property));
  response.setHasdetaileddiff(true);
  for (const detail of details) {
    const diff = new PropertyDiff();
    diff.setKind(kindOf(detail));
    response.getDetaileddiffMap().set(detail.path, diff);
  }
}

function kindOf({ kind, replaces }: Detail): PropertyDiff.Kind {
  const { ADD, ADD_REPLACE, DELETE, DELETE_REPLACE, UPDATE, UPDATE_REPLACE } = PropertyDiff.Kind;
  if (kind === "add") return replaces ? ADD_REPLACE : ADD;
  if (kind === "delete") return replaces ? DELETE_REPLACE : DELETE;
  return replaces ? UPDATE_REPLACE : UPDATE;
}
