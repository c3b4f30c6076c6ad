import { type Mark, withMark } from "../../core/resource/mark";
import { bodyOf as fieldsOf } from "../../core/resource/requestBody";
import type { RestoreKind, RestoreOptions } from "./options";
import { restorationTable } from "./schema";
import { writeOptions } from "./wireOptions";

/** What a body is made of. */
export interface RestoreRequest {
  kind: RestoreKind;
  name?: string | undefined;
  description?: string | undefined;
  options?: RestoreOptions | undefined;
}

/** A body as it is sent. */
export interface RestoreBody {
  restore: { name?: string; description?: string; options: Record<string, unknown> };
}

/**
 * The body that starts a restore; its options hold the mark, at the end of a description that clients of Trilio's own
 * send there (contract, section 3). API pages: One Click, Selective and Inplace Restore, "Body Format".
 *
 * @param held ids of the instances that the snapshot holds
 */
export function bodyOf(
  request: RestoreRequest,
  held: readonly string[] = [],
  mark: Mark | undefined = undefined,
): RestoreBody {
  const { kind, name, description, options } = request;
  const named = fieldsOf(restorationTable.fields, { name, description }, "create");
  const marked = mark && { description: withMark(description ?? "", mark) };
  return { restore: { ...named, options: { ...writeOptions(kind, options, held), ...marked } } };
}
