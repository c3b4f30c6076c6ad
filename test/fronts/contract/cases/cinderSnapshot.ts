import { contractOf } from "../support/case";
import { CinderWorld } from "../support/worlds";
import { renamed } from "./common";

export const cinderSnapshot = contractOf<CinderWorld>({
  type: "cinder:Snapshot",
  open: CinderWorld.open,
  creates: /^POST \/snapshots$/,
  reference: "volumeId",
  args: ({ volume }) => ({
    volumeId: volume("shop"),
    name: "nightly",
    description: "of the shop",
    metadata: { class: "gold" },
    force: true,
    retentionMode: "none",
  }),
  wrong: [
    { what: "of the wrong kind", change: () => ({ name: 5, force: "yes" }), properties: ["name", "force"] },
    { what: "missing", change: () => ({ volumeId: undefined }), properties: ["volumeId"] },
    { what: "unknown by name", change: () => ({ volume: "shop" }), properties: ["volume"] },
    {
      what: "wrong together",
      change: () => ({ keptUntil: "2027-01-01", retainFor: "P35D" }),
      properties: ["retainFor"],
    },
  ],
  // The service and other tools keep keys of their own among the metadata.
  known: ["name", "description", "force", "retentionMode"],
  stable: ["volumeId", "size", "createdAt", "projectId", "userId"],
  repeats: ["name", "description", "metadata", "keptUntil", "force", "retentionMode"],
  keeps: (until) => ({ keptUntil: until }),
  locals: ["force", "retentionMode"],
  differs: () => ({ metadata: { class: "silver" } }),
  stranger: () => "01234567-89ab-4def-8123-456789abcdef",
  updates: [
    ...renamed,
    {
      what: "metadata",
      change: () => ({ metadata: { class: "silver" } }),
      detailed: { "metadata.class": "UPDATE" },
      shows: { metadata: "unknown" },
    },
    {
      what: "an instant, which is kept in a spelling of its own",
      before: () => ({ keptUntil: "2027-06-30" }),
      change: () => ({ keptUntil: "2028-06-30" }),
      detailed: { keptUntil: "UPDATE" },
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
      change: () => ({ force: undefined, forceDelete: true }),
      detailed: { force: "DELETE", forceDelete: "ADD" },
      shows: { force: "unknown", forceDelete: "declared" },
    },
  ],
  replacements: [
    {
      what: "another volume",
      change: ({ volume }) => ({ volumeId: volume("store") }),
      detailed: { volumeId: "UPDATE_REPLACE" },
    },
  ],
});
