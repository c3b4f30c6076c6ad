import { contractOf } from "../support/case";
import { WaldurWorld } from "../support/worlds";
import { renamed } from "./common";

export const waldurSnapshot = contractOf<WaldurWorld>({
  type: "waldur:Snapshot",
  open: WaldurWorld.open,
  creates: /volumes\/\{uuid\}\/snapshot\/$/,
  reference: "volumeId",
  args: ({ emulator }) => ({
    volumeId: emulator.uuid("volumes", "data-1"),
    name: "nightly",
    description: "of the shop",
    metadata: { class: "gold", copies: 2 },
    retentionMode: "none",
    deletion: "delete",
  }),
  wrong: [
    {
      what: "of the wrong kind",
      change: () => ({ name: 5, metadata: "gold" }),
      properties: ["name", "metadata"],
    },
    { what: "missing", change: () => ({ volumeId: undefined }), properties: ["volumeId"] },
    { what: "unknown by name", change: () => ({ volume: "data-1" }), properties: ["volume"] },
    {
      what: "wrong together",
      change: () => ({ keptUntil: "2027-01-01", retainFor: "P35D" }),
      properties: ["retainFor"],
    },
  ],
  known: ["name", "description", "metadata", "retentionMode", "deletion"],
  stable: [
    ...["url", "uuid", "createdAt", "size", "volumeId", "sourceVolumeName"],
    ...["projectId", "projectUrl", "customer"],
  ],
  repeats: ["name", "description", "metadata", "keptUntil", "retentionMode", "deletion"],
  tells: ["volumeUrl"],
  locals: ["retentionMode", "deletion"],
  differs: () => ({ description: "of another shop" }),
  stranger: () => "0123456789abcdef0123456789abcdef",
  updates: [
    ...renamed,
    {
      what: "metadata",
      change: () => ({ metadata: { class: "silver" } }),
      detailed: { "metadata.class": "UPDATE", "metadata.copies": "DELETE" },
      shows: { metadata: "declared" },
    },
    {
      what: "an instant, which the server spells in its own way",
      before: () => ({ keptUntil: "2027-06-30" }),
      change: () => ({ keptUntil: "2028-06-30" }),
      detailed: { keptUntil: "UPDATE" },
      shows: { keptUntil: "unknown" },
    },
    {
      what: "an instant where there was none",
      change: () => ({ keptUntil: "2028-06-30" }),
      detailed: { keptUntil: "ADD" },
      shows: { keptUntil: "unknown" },
    },
    {
      what: "a duration, which says an instant too",
      change: () => ({ retainFor: "P35D" }),
      detailed: { keptUntil: "ADD", retainFor: "ADD" },
      shows: { keptUntil: "unknown", retainFor: "declared" },
    },
    {
      what: "what only the state knows",
      change: () => ({ deletion: "unlink", forceDelete: true }),
      detailed: { deletion: "UPDATE", forceDelete: "ADD" },
      shows: { deletion: "declared", forceDelete: "declared" },
    },
  ],
  keeps: (until) => ({ keptUntil: until, retentionMode: "none" }),
  replacements: [
    {
      what: "another volume",
      change: ({ emulator }) => ({ volumeId: emulator.uuid("volumes", "data-2"), name: "other" }),
      detailed: { volumeId: "UPDATE_REPLACE", name: "UPDATE" },
    },
  ],
});
