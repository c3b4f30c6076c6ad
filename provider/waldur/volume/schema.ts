import { z } from "zod";
import { sameString } from "../../core/resource/diff";
import { type InputsOf, type StateOf, stable, table } from "../../core/resource/field";
import { VolumeSize } from "../../core/resource/size";
import { stateChoice, stateFlag } from "../../core/resource/stateFields";
import { uuidIn } from "../../core/values";
import type { Kind, WaldurClient } from "../client";
import { formerOf } from "../names";
import { descriptionField, nameField, reference, sameReference, sameWhereShown } from "../references";
import { volumeFields } from "../wire";

const mibPerGib = 1024;

/** Whole GiB of a size in MiB: clouds keep no others, and may show less than the record did (contract, "extend"). */
function wholeGib(size: unknown): number {
  return Math.floor(Number(size ?? 0) / mibPerGib);
}

/** Sizes of volumes. */
export const volumeSize = new VolumeSize("MiB", wholeGib);

/** A reference that counts when the volume is ordered; where the server shows nothing, the last declaration does. */
const ordered = (wire: { key: string; kind: Kind; property: string } | null) =>
  ({
    wire: wire && {
      key: wire.key,
      in: "create" as const,
      write: (value: unknown, client: unknown) => {
        const waldur = client as WaldurClient;
        return waldur.url(wire.kind, waldur.uuid(wire.property, String(value)));
      },
    },
    onChange: "replace",
    kept: "shown",
    same: sameWhereShown,
  }) as const;

/** An output that is an argument's, as the uuid that it means. */
const uuidAt = (output: string) => (outputs: Record<string, unknown>) => uuidIn(outputs[output]);

/** A volume. Contract, "order create"; API pages: Openstack Volumes, Retrieve and Update. */
export const volumeTable = table(
  {
    projectId: {
      formerly: "project",
      schema: reference("The project in Waldur: uuid or URL. A change makes a new volume."),
      ...ordered(null),
    },
    offeringId: {
      formerly: "offering",
      schema: reference("The volume offering of the tenant: uuid or URL. A change makes a new volume."),
      ...ordered(null),
    },
    size: {
      schema: volumeSize.schema
        .refine((size) => size % mibPerGib === 0, {
          message: "expected MiB, a multiple of 1024; 10 GiB is 10240",
        })
        .describe(
          "Size in MiB, a multiple of 1024: 10 GiB is 10240. Growth extends the volume in place; it can never shrink.",
        ),
      // An order takes it; later it takes an action, see change.ts.
      wire: { key: "size", in: "create" },
      onChange: "update",
      kept: "echo",
      same: volumeSize.same,
      declare: ({ size }) => wholeGib(size) * mibPerGib,
    },
    name: {
      schema: nameField
        .describe("Name in Waldur, at most 150 characters. Default: the resource's name and 7 hex digits.")
        .optional(),
      wire: "name",
      onChange: "update",
      kept: "echo",
      same: sameString,
    },
    description: {
      schema: descriptionField.describe("Description, at most 2000 characters.").optional(),
      wire: "description",
      onChange: "update",
      kept: "echo",
      same: sameString,
      reset: "",
    },
    bootable: {
      schema: z.boolean().describe("Whether an instance can boot from it.").optional(),
      // An order cannot say it.
      wire: { key: "bootable", in: "change" },
      onChange: "update",
      kept: "echo",
    },
    volumeType: {
      formerly: "type",
      schema: z
        .string()
        .min(1, { message: "expected a uuid, a URL or a name" })
        .describe(
          "Volume type: uuid, URL or exact name. A change retypes the volume in place; it must not be attached.",
        )
        .optional(),
      // An order takes it; later it takes an action, see change.ts.
      wire: { key: "type", in: "create" },
      onChange: "update",
      kept: "shown",
      // A type may be declared by its name, which the state shows beside its uuid.
      same: (now, declared, { observed }) =>
        now === declared || sameReference(observed.volumeTypeId, declared),
    },
    imageId: {
      formerly: "image",
      schema: reference(
        "The image to fill the volume with: uuid or URL. A change makes a new volume.",
      ).optional(),
      ...ordered({ key: "image", kind: "openstack-images", property: "imageId" }),
    },
    availabilityZone: {
      schema: reference("The availability zone: uuid or URL. A change makes a new volume.").optional(),
      ...ordered({
        key: "availability_zone",
        kind: "openstack-volume-availability-zones",
        property: "availabilityZone",
      }),
      declare: uuidAt("availabilityZone"),
    },
    planId: {
      formerly: "plan",
      schema: reference("The plan of the offering: uuid or URL. Used when the volume is ordered.").optional(),
      ...ordered(null),
      // Another plan makes no new volume, as it is for the order only; see lifecycle.ts.
      onChange: "update",
      same: (now, declared, compared) => compared.unchanged || sameWhereShown(now, declared, compared),
    },
    limits: {
      schema: z
        .record(z.string(), z.number(), { message: "expected an object of numbers" })
        .describe("Limits of the plan. Used when the volume is ordered.")
        .optional(),
      wire: null,
      onChange: "update",
      kept: "state",
      reset: undefined,
    },
    approve: stateFlag("Approve an order that waits for its consumer, if the token may. Default: false."),
    pullOnRefresh: stateFlag(
      "Let a refresh ask the server to synchronise with OpenStack first. Default: false.",
    ),
    deletion: stateChoice(
      ["delete", "unlink"],
      "delete",
      '"delete" terminates the volume; "unlink" only makes Waldur forget it and its snapshots, in OpenStack they ' +
        'stay (staff only). Default: "delete".',
    ),
  },
  volumeFields
    .pick({ url: true, uuid: true, name: true, description: true, size: true, bootable: true, state: true })
    .extend(volumeFields.pick({ runtimeState: true, backendId: true, tenant: true, tenantUuid: true }).shape)
    .extend(
      volumeFields.pick({
        device: true,
        instanceId: true,
        instanceUrl: true,
        instanceName: true,
        action: true,
      }).shape,
    )
    .extend(
      volumeFields.pick({ errorMessage: true, createdAt: true, updatedAt: true, snapshotId: true }).shape,
    )
    .extend(volumeFields.pick({ snapshotUrl: true, imageId: true, imageUrl: true, imageName: true }).shape)
    .extend(volumeFields.pick({ volumeType: true, volumeTypeId: true, volumeTypeUrl: true }).shape)
    .extend(volumeFields.pick({ availabilityZone: true, availabilityZoneName: true }).shape)
    .extend(volumeFields.pick({ projectId: true, projectUrl: true, projectName: true }).shape)
    .extend({
      marketplaceResource: stable(z.string().optional().describe("UUID of the marketplace resource")),
      offeringId: z.string().optional().describe("UUID of the offering"),
      planId: z.string().optional().describe("UUID of the plan"),
      attached: z.boolean().describe("Whether it is attached to an instance"),
    })
    .required({
      url: true,
      name: true,
      state: true,
      size: true,
      createdAt: true,
      projectId: true,
      offeringId: true,
    }),
  formerOf(Object.keys(volumeFields.shape)),
);

/** Arguments after the check. */
export type VolumeInputs = InputsOf<typeof volumeTable>;
/** State: what the server said last, and the arguments that only the state knows. */
export type VolumeState = StateOf<typeof volumeTable>;
