import { z } from "zod";
import { references } from "../core/resource/references";
import { uuidIn } from "../core/values";

/**
 * Arguments that name an object of Waldur's: a uuid, dashed or upper case accepted, or the object's URL (contract,
 * "uuid").
 */
export const { reference, sameReference, sameWhereShown } = references(
  uuidIn,
  "expected a uuid, or a URL that ends in one",
);

/** A name: at most 150 characters, not blank (contract, "its fields"). */
export const nameField = z
  .string()
  .trim()
  .min(1, { message: "expected a name that is not blank" })
  .max(150, { message: "expected at most 150 characters" });

/** So many characters a description can have (contract, "its fields"). */
export const longestDescription = 2000;

/** A description: at most 2000 characters; `""` for none. */
export const descriptionField = z
  .string()
  .max(longestDescription, { message: `expected at most ${longestDescription} characters` });
