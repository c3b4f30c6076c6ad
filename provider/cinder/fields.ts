import { z } from "zod";
import { type Compared, sameString } from "../core/resource/diff";
import type { Fields } from "../core/resource/field";
import { VolumeSize } from "../core/resource/size";
import { metadataSchema } from "./metadata";
import { dashed, sameReference, uuidOf } from "./references";

const longest = 255;
const tooLong = { message: `expected at most ${longest} characters` };

/** A name: at most 255 characters; `""` for none (contract, "Create"). */
export const nameSchema = z.string().trim().max(longest, tooLong);
/** A description: at most 255 characters; `""` for none (contract, "Create"). */
export const descriptionSchema = z.string().max(longest, tooLong);
/** A volume type: name or uuid. */
export const typeSchema = z.string().min(1, { message: "expected a name or a uuid" });
/** An availability zone. */
export const zoneSchema = z.string().min(1, { message: "expected the name of a zone" });

/** Sizes of volumes. */
export const volumeSize = new VolumeSize("GiB");

/** The arguments that snapshots and volumes have in common. */
export const commonFields = {
  name: {
    schema: nameSchema
      .describe('Name, at most 255 characters; "" for none. Default: the resource\'s name and 7 hex digits.')
      .optional(),
    wire: "name",
    onChange: "update",
    kept: "echo",
    same: sameString,
    declare: ({ name }) => name ?? "",
  },
  description: {
    schema: descriptionSchema.describe("Description, at most 255 characters.").optional(),
    wire: "description",
    onChange: "update",
    kept: "echo",
    same: sameString,
    reset: "",
  },
  metadata: {
    schema: metadataSchema
      .describe(
        "Metadata: texts of at most 255 characters. Only the keys declared here are owned: other tools' keys are " +
          "left alone, and are no difference.",
      )
      .optional(),
    // A create sends it with the provider's own keys, see create.ts; later it is written key by key, see metadataChange.ts.
    wire: null,
    onChange: "update",
    kept: "shown",
    reset: {},
    keyed: true,
  },
} as const satisfies Fields;

/** How a create names the object that something is made from. */
export function sourceWire<const Key extends string>(key: Key, property: string) {
  const write = (value: unknown) => uuidOf(property, String(value));
  return { key, in: "create", write } as const;
}

/** A type may be declared by its name or by its uuid; services before 3.63 show the name alone. */
export function sameVolumeType(now: unknown, declared: unknown, { unchanged, observed }: Compared): boolean {
  const { volumeTypeId } = observed;
  if (now === declared || (volumeTypeId !== undefined && sameReference(volumeTypeId, declared))) return true;
  return unchanged && volumeTypeId === undefined && dashed(String(declared)) !== undefined;
}
