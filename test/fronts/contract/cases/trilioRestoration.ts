import { contractOf } from "../support/case";
import { TrilioWorld } from "../support/worlds";

const instances = [{ id: "7c1bb5d2-aa5a-44f7-abcd-2d76b819b4c8", name: "db-a-drill" }];

export const trilioRestoration = contractOf<TrilioWorld>({
  type: "trilio:SnapshotRestoration",
  open: TrilioWorld.open,
  creates: /^POST .*snapshots\/\{snapshotId\}$/,
  reference: "snapshot",
  args: ({ emulator }) => ({
    snapshot: emulator.id("snapshots", "before upgrade"),
    kind: "selective",
    name: "drill",
    description: "quarterly",
    options: { instances, restoreTopology: true },
    onDestroy: "delete-record",
  }),
  wrong: [
    { what: "of the wrong kind", change: () => ({ kind: "whole", name: 5 }), properties: ["kind", "name"] },
    {
      what: "missing",
      change: () => ({ snapshot: undefined, kind: undefined }),
      properties: ["snapshot", "kind"],
    },
    { what: "unknown by name", change: () => ({ mode: "selective" }), properties: ["mode"] },
    {
      what: "wrong together",
      change: () => ({ kind: "in-place", options: { instances } }),
      properties: ["confirmOverwrite"],
    },
  ],
  known: ["name", "description", "kind", "onDestroy"],
  otherwise: [
    {
      what: "an in-place restore",
      args: ({ emulator }) => ({
        snapshot: emulator.id("snapshots", "before upgrade"),
        kind: "in-place",
        name: "back",
        confirmOverwrite: true,
        options: { instances: instances.map(({ id }) => ({ id, restoreBootDisk: true })) },
      }),
      known: ["kind", "name", "confirmOverwrite"],
    },
  ],
  stable: ["snapshot", "workload", "createdAt", "projectId", "name", "description", "kind", "options"],
  repeats: ["onDestroy"],
  tells: ["instances"],
  locals: ["onDestroy"],
  differs: () => ({ description: "monthly" }),
  stranger: () => "01234567-89ab-4def-8123-456789abcdef",
  updates: [
    {
      what: "what only the state knows",
      change: () => ({ onDestroy: "keep-record", onInterrupt: "cancel" }),
      detailed: { onDestroy: "UPDATE", onInterrupt: "ADD" },
      shows: { onDestroy: "declared", onInterrupt: "declared" },
    },
  ],
  replacements: [
    {
      what: "another name and description",
      change: () => ({ name: "again", description: "monthly" }),
      detailed: { name: "UPDATE_REPLACE", description: "UPDATE_REPLACE" },
    },
    {
      what: "other options",
      change: () => ({ options: { instances, networksMapping: [] } }),
      detailed: { "options.instances": "UPDATE_REPLACE", "options.restoreTopology": "DELETE_REPLACE" },
    },
    {
      what: "a description that is taken out",
      change: () => ({ description: undefined }),
      detailed: { description: "DELETE_REPLACE" },
    },
  ],
});
