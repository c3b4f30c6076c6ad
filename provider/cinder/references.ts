import { UserError } from "../core/errors";
import { references } from "../core/resource/references";
import { uuidIn } from "../core/values";

/**
 * The uuid that a reference of the user's means, in Cinder's spelling.
 *
 * @param reference uuid in any spelling
 * @throws UserError for anything else
 */
export function uuidOf(property: string, reference: string): string {
  const uuid = dashed(reference);
  if (uuid === undefined) throw new UserError(`"${reference}" is not a uuid`, property);
  return uuid;
}

/** A uuid with dashes and in small letters; `undefined` for what is none. */
export function dashed(reference: string | undefined): string | undefined {
  const plain = reference?.includes("/") ? undefined : uuidIn(reference?.trim());
  return plain?.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

/** Arguments that name an object of Cinder's by its uuid; dashes and capitals do not matter. */
export const { reference, sameReference, sameWhereShown } = references(
  (value) => (typeof value === "string" ? dashed(value) : undefined),
  "expected a uuid",
);
