import { references } from "../core/resource/references";
import { dashed } from "./client";

/** Arguments that name an object of Cinder's by its uuid; dashes and capitals do not matter. */
export const { reference, sameReference, sameWhereShown } = references(
  (value) => (typeof value === "string" ? dashed(value) : undefined),
  "expected a uuid",
);
