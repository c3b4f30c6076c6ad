import { contractOf } from "../support/case";
import { WaldurWorld } from "../support/worlds";

export const waldurAttachment = contractOf<WaldurWorld>({
  type: "waldur:VolumeAttachment",
  open: WaldurWorld.open,
  creates: /attach\/$/,
  reference: "instance",
  args: ({ emulator }) => ({
    volume: emulator.uuid("volumes", "data-2"),
    instance: emulator.uuid("instances", "vm-shutoff"),
  }),
  wrong: [
    { what: "of the wrong kind", change: () => ({ volume: "data-2" }), properties: ["volume"] },
    { what: "missing", change: () => ({ instance: undefined }), properties: ["instance"] },
    { what: "unknown by name", change: () => ({ device: "/dev/vdb" }), properties: ["device"] },
  ],
  // What is declared may be a URL, and the server shows the uuid.
  known: [],
  stable: [],
  repeats: ["volume", "instance"],
  locals: [],
  differs: ({ emulator }) => ({ instance: emulator.uuid("instances", "vm-active") }),
  stranger: ({ emulator }) =>
    `${emulator.uuid("volumes", "data-3")}/${emulator.uuid("instances", "vm-active")}`,
  oneAtATime: true,
  // Every argument makes a new attachment.
  updates: [],
  replacements: [
    {
      what: "another instance",
      change: ({ emulator }) => ({ instance: emulator.uuid("instances", "vm-active") }),
      detailed: { instance: "UPDATE_REPLACE" },
    },
    {
      what: "another volume",
      change: ({ emulator }) => ({ volume: emulator.uuid("volumes", "data-1") }),
      detailed: { volume: "UPDATE_REPLACE" },
    },
  ],
});
