import { contractOf } from "../support/case";
import { CinderWorld } from "../support/worlds";
import { renamed } from "./common";

export const cinderRestoration = contractOf<CinderWorld>({
  type: "cinder:SnapshotRestoration",
  open: CinderWorld.open,
  creates: /^POST \/volumes$/,
  reference: "snapshotId",
  args: ({ snapshot }) => ({
    snapshotId: snapshot("nightly"),
    name: "back",
    description: "of the shop",
    size: 2,
    volumeType: "folder",
    availabilityZone: "nova",
    onDestroy: "terminate",
  }),
  wrong: [
    { what: "of the wrong kind", change: () => ({ mode: "copy", size: 0 }), properties: ["mode", "size"] },
    { what: "missing", change: () => ({ snapshotId: undefined }), properties: ["snapshotId"] },
    { what: "unknown by name", change: () => ({ snapshot: "nightly" }), properties: ["snapshot"] },
    {
      what: "wrong together",
      change: () => ({ mode: "revert" }),
      properties: ["description", "size", "volumeType", "availabilityZone", "confirmRevert"],
    },
  ],
  known: ["name", "description", "size", "onDestroy"],
  otherwise: [
    {
      what: "a revert, which changes nothing of a volume but its contents",
      args: ({ snapshot }) => ({
        snapshotId: snapshot("nightly"),
        name: "back",
        mode: "revert",
        confirmRevert: true,
      }),
      known: ["mode", "confirmRevert"],
    },
  ],
  stable: ["volumeId", "createdAt", "projectId", "availabilityZone"],
  repeats: ["snapshotId", "name", "description", "size", "volumeType", "onDestroy"],
  locals: ["onDestroy"],
  differs: () => ({ size: 3 }),
  stranger: () => "01234567-89ab-4def-8123-456789abcdef",
  updates: [
    ...renamed,
    {
      what: "a size",
      change: () => ({ size: 3 }),
      detailed: { size: "UPDATE" },
      shows: { size: "declared" },
    },
    {
      what: "what only the state knows",
      change: () => ({ onDestroy: "keep" }),
      detailed: { onDestroy: "UPDATE" },
      shows: { onDestroy: "declared" },
    },
  ],
  replacements: [
    {
      what: "another snapshot",
      change: ({ snapshot }) => ({ snapshotId: snapshot("weekly") }),
      detailed: { snapshotId: "UPDATE_REPLACE" },
    },
    {
      what: "another type",
      change: () => ({ volumeType: "ssd" }),
      detailed: { volumeType: "UPDATE_REPLACE" },
    },
    {
      what: "another zone",
      change: () => ({ availabilityZone: "east" }),
      detailed: { availabilityZone: "UPDATE_REPLACE" },
    },
  ],
});
