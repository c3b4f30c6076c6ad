import { contractOf } from "../support/case";
import { WaldurWorld } from "../support/worlds";
import { renamed } from "./common";

export const waldurVolume = contractOf<WaldurWorld>({
  type: "waldur:Volume",
  open: WaldurWorld.open,
  creates: /^POST .*marketplace-orders\/$/,
  late: {
    begun: ({ emulator }) => [...emulator.world.volumes.values()].some(({ name }) => name === "shop"),
    limit: 60,
  },
  reference: "projectId",
  args: ({ emulator }) => ({
    projectId: emulator.ids.project,
    offeringId: emulator.ids.offering,
    size: 10_240,
    name: "shop",
    description: "of the shop",
    bootable: false,
    volumeType: "ssd",
    deletion: "delete",
  }),
  wrong: [
    {
      what: "of the wrong kind",
      change: () => ({ size: 10_000, bootable: "yes" }),
      properties: ["size", "bootable"],
    },
    {
      what: "missing",
      change: () => ({ projectId: undefined, size: undefined }),
      properties: ["projectId", "size"],
    },
    { what: "unknown by name", change: () => ({ tenant: "prod" }), properties: ["tenant"] },
  ],
  known: ["name", "description", "size", "bootable", "deletion"],
  stable: [
    "url",
    "uuid",
    "createdAt",
    "projectId",
    "projectUrl",
    "offeringId",
    "tenant",
    "marketplaceResource",
  ],
  repeats: ["size", "name", "description", "bootable", "volumeType", "deletion", "planId"],
  tells: ["projectUrl"],
  locals: ["deletion"],
  differs: () => ({ size: 20_480 }),
  stranger: () => "0123456789abcdef0123456789abcdef",
  updates: [
    ...renamed,
    {
      what: "a size",
      change: () => ({ size: 20_480 }),
      detailed: { size: "UPDATE" },
      shows: { size: "declared" },
    },
    {
      what: "a type, which the server shows as an address",
      change: () => ({ volumeType: "hdd" }),
      detailed: { volumeType: "UPDATE" },
      shows: { volumeType: "unknown" },
    },
    {
      what: "whether an instance can boot from it",
      change: () => ({ bootable: true }),
      detailed: { bootable: "UPDATE" },
      shows: { bootable: "declared" },
    },
    {
      what: "what only the state knows",
      change: () => ({ deletion: "unlink", pullOnRefresh: true }),
      detailed: { deletion: "UPDATE", pullOnRefresh: "ADD" },
      shows: { deletion: "declared", pullOnRefresh: "declared" },
    },
  ],
  replacements: [
    {
      what: "an image",
      change: ({ emulator }) => ({ imageId: emulator.uuid("images", "debian-12") }),
      detailed: { imageId: "ADD_REPLACE" },
    },
  ],
});
