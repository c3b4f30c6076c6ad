import { DiffResponse, PropertyDiff } from "@pulumi/pulumi/proto/provider_pb";
import type { Change, Properties } from "../../core/resource/lifecycle";

/** The answer to Diff: what changes, what of it replaces, and how each property does. */
export function diffResponse(
  changes: readonly Change[],
  olds: Properties,
  news: Properties,
  deleteBeforeReplace: boolean,
): DiffResponse {
  const response = new DiffResponse();
  const { DIFF_SOME, DIFF_NONE } = DiffResponse.DiffChanges;
  response.setChanges(changes.length > 0 ? DIFF_SOME : DIFF_NONE);
  response.setDiffsList(changes.map(({ property }) => property));
  response.setReplacesList(changes.filter(({ kind }) => kind === "replace").map(({ property }) => property));
  response.setDeletebeforereplace(deleteBeforeReplace);
  response.setHasdetaileddiff(true);
  for (const change of changes) {
    const diff = new PropertyDiff();
    diff.setKind(kindOf(change, olds, news));
    response.getDetaileddiffMap().set(change.property, diff);
  }
  return response;
}

function kindOf({ property, kind }: Change, olds: Properties, news: Properties): PropertyDiff.Kind {
  const replaces = kind === "replace";
  const { ADD, ADD_REPLACE, DELETE, DELETE_REPLACE, UPDATE, UPDATE_REPLACE } = PropertyDiff.Kind;
  if (olds[property] === undefined) return replaces ? ADD_REPLACE : ADD;
  if (news[property] === undefined) return replaces ? DELETE_REPLACE : DELETE;
  return replaces ? UPDATE_REPLACE : UPDATE;
}
