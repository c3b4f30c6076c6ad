import { z } from "zod";
import { type InputsOf, type StateOf, table } from "../../core/resource/field";
import { formerOf } from "../names";
import { reference, sameReference } from "../references";
import { volumeFields } from "../wire";

const { instanceName, device, state, runtimeState, projectId } = volumeFields.shape;

/** The action that attaches takes them: a change replaces the resource. */
const fixed = { wire: null, onChange: "replace", kept: "shown", same: sameReference } as const;

/** An attachment: the volume's side of it. API page: Openstack Volumes, attach. */
export const attachmentTable = table(
  {
    volumeId: {
      formerly: "volume",
      schema: reference("The volume: uuid or URL. A change replaces the resource."),
      ...fixed,
      output: z.string().describe("UUID of the volume"),
    },
    instanceId: {
      formerly: "instance",
      schema: reference("The instance: uuid or URL. A change replaces the resource."),
      ...fixed,
      output: z.string().describe("UUID of the instance"),
    },
  },
  volumeFields.pick({}).extend({ instanceName, device, state, runtimeState, projectId }),
  formerOf(["projectId"]),
);

/** Arguments after the check. */
export type VolumeAttachmentInputs = InputsOf<typeof attachmentTable>;
/** State of an attachment. */
export type VolumeAttachmentState = StateOf<typeof attachmentTable>;
