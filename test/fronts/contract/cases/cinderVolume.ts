import { contractOf } from "../support/case";
import { CinderWorld } from "../support/worlds";
import { renamed } from "./common";

export const cinderVolume = contractOf<CinderWorld>({
  type: "cinder:Volume",
  open: CinderWorld.open,
  creates: /^POST \/volumes$/,
  reference: "availabilityZone",
  args: () => ({
    size: 1,
    name: "shop",
    description: "of the shop",
    metadata: { class: "gold" },
    volumeType: "folder",
    availabilityZone: "nova",
    cascade: true,
  }),
  wrong: [
    {
      what: "of the wrong kind",
      change: () => ({ size: 1.5, cascade: "yes" }),
      properties: ["size", "cascade"],
    },
    { what: "missing", change: () => ({ size: undefined }), properties: ["size"] },
    { what: "unknown by name", change: () => ({ type: "ssd" }), properties: ["type"] },
    {
      what: "wrong together",
      change: ({ volume, snapshot }) => ({ sourceVolumeId: volume("old"), snapshotId: snapshot("old") }),
      properties: ["sourceVolumeId"],
    },
  ],
  known: ["size", "name", "description", "cascade"],
  stable: ["createdAt", "projectId", "userId", "availabilityZone", "encrypted"],
  repeats: ["size", "name", "description", "metadata", "volumeType", "cascade"],
  locals: ["cascade"],
  differs: () => ({ volumeType: "ssd" }),
  stranger: () => "01234567-89ab-4def-8123-456789abcdef",
  updates: [
    ...renamed,
    {
      what: "a size",
      change: () => ({ size: 2 }),
      detailed: { size: "UPDATE" },
      shows: { size: "declared" },
    },
    {
      what: "a type, which may be declared by its uuid",
      change: () => ({ volumeType: "ssd" }),
      detailed: { volumeType: "UPDATE" },
      shows: { volumeType: "unknown" },
    },
    {
      what: "metadata",
      change: () => ({ metadata: { owner: "ops" } }),
      detailed: { "metadata.class": "DELETE", "metadata.owner": "ADD" },
      shows: { metadata: "unknown" },
    },
    {
      what: "what only the state knows",
      change: () => ({ cascade: false, retypeMigrationPolicy: "on-demand" }),
      detailed: { cascade: "UPDATE", retypeMigrationPolicy: "ADD" },
      shows: { cascade: "declared", retypeMigrationPolicy: "declared" },
    },
  ],
  replacements: [
    {
      what: "another zone",
      change: () => ({ availabilityZone: "east" }),
      detailed: { availabilityZone: "UPDATE_REPLACE" },
    },
    {
      what: "a volume to copy",
      change: ({ volume }) => ({ sourceVolumeId: volume("old") }),
      detailed: { sourceVolumeId: "ADD_REPLACE" },
    },
  ],
});
