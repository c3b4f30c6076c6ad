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
  reference: "project",
  args: ({ emulator }) => ({
    project: emulator.ids.project,
    offering: emulator.ids.offering,
    size: 10_240,
    name: "shop",
    description: "of the shop",
    bootable: false,
    type: "ssd",
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
      change: () => ({ project: undefined, size: undefined }),
      properties: ["project", "size"],
    },
    { what: "unknown by name", change: () => ({ tenant: "prod" }), properties: ["tenant"] },
  ],
  known: ["name", "description", "size", "bootable", "deletion"],
  stable: ["url", "uuid", "created", "project", "projectUuid", "offering", "tenant", "marketplaceResource"],
  repeats: ["size", "name", "description", "bootable", "type", "deletion", "plan"],
  tells: ["projectUuid"],
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
      change: () => ({ type: "hdd" }),
      detailed: { type: "UPDATE" },
      shows: { type: "unknown" },
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
      change: ({ emulator }) => ({ image: emulator.uuid("images", "debian-12") }),
      detailed: { image: "ADD_REPLACE" },
    },
  ],
});
