import { contractOf } from "../support/case";
import { WaldurWorld } from "../support/worlds";
import { renamed } from "./common";

export const waldurRestoration = contractOf<WaldurWorld>({
  type: "waldur:SnapshotRestoration",
  open: WaldurWorld.open,
  creates: /restore\/$/,
  reference: "snapshotId",
  args: ({ emulator }) => ({
    snapshotId: emulator.uuid("snapshots", "seed-snap-1"),
    name: "back",
    description: "of the shop",
    onDestroy: "terminate",
  }),
  wrong: [
    {
      what: "of the wrong kind",
      change: () => ({ onDestroy: "leave", name: 5 }),
      properties: ["name", "onDestroy"],
    },
    { what: "missing", change: () => ({ snapshotId: undefined }), properties: ["snapshotId"] },
    { what: "unknown by name", change: () => ({ size: 20_480 }), properties: ["size"] },
  ],
  known: ["name", "description", "onDestroy"],
  stable: ["volumeId", "volumeUrl", "size", "createdAt", "projectId", "marketplaceResource"],
  repeats: ["snapshotId", "name", "description", "onDestroy"],
  locals: ["onDestroy"],
  differs: () => ({ name: "front" }),
  stranger: () => "0123456789abcdef0123456789abcdef",
  updates: [
    ...renamed,
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
      change: ({ emulator }) => ({ snapshotId: emulator.uuid("snapshots", "seed-snap-2") }),
      detailed: { snapshotId: "UPDATE_REPLACE" },
    },
  ],
});
