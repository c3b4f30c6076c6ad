import { contractOf } from "../support/case";
import { WaldurWorld } from "../support/worlds";

export const waldurAttachment = contractOf<WaldurWorld>({
  type: "waldur:VolumeAttachment",
  open: WaldurWorld.open,
  creates: /attach\/$/,
  reference: "instanceId",
  args: ({ emulator }) => ({
    volumeId: emulator.uuid("volumes", "data-2"),
    instanceId: emulator.uuid("instances", "vm-shutoff"),
  }),
  wrong: [
    { what: "of the wrong kind", change: () => ({ volumeId: "data-2" }), properties: ["volumeId"] },
    { what: "missing", change: () => ({ instanceId: undefined }), properties: ["instanceId"] },
    { what: "unknown by name", change: () => ({ device: "/dev/vdb" }), properties: ["device"] },
  ],
  // What is declared may be a URL, and the server shows the uuid.
  known: [],
  stable: [],
  repeats: ["volumeId", "instanceId"],
  locals: [],
  differs: ({ emulator }) => ({ instanceId: emulator.uuid("instances", "vm-active") }),
  stranger: ({ emulator }) =>
    `${emulator.uuid("volumes", "data-3")}/${emulator.uuid("instances", "vm-active")}`,
  oneAtATime: true,
  // Every argument makes a new attachment.
  updates: [],
  replacements: [
    {
      what: "another instance",
      change: ({ emulator }) => ({ instanceId: emulator.uuid("instances", "vm-active") }),
      detailed: { instanceId: "UPDATE_REPLACE" },
    },
    {
      what: "another volume",
      change: ({ emulator }) => ({ volumeId: emulator.uuid("volumes", "data-1") }),
      detailed: { volumeId: "UPDATE_REPLACE" },
    },
  ],
});
