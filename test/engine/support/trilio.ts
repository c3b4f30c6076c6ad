import {
  ShiftedClock,
  startTrilio,
  type TrilioEmulator,
  type TrilioEmulatorOptions,
} from "../../../emulator/index";
import { startRestore } from "../../../emulator/trilio/restore/lifecycle";
import type { ScenarioOptions } from "./scenario";
import { type Declared, Stack } from "./stack";

/** An emulated Trilio and a stack of their own. */
export interface TrilioScenario {
  trilio: TrilioEmulator;
  stack: Stack;
  /** Bodies of the requests on a route that were not refused, e.g. `POST /v1/{tenant}/snapshots/{snapshotId}`. */
  sent(route: string): unknown[];
}

/** So many times faster than the samples of the API page: a restore takes 1.5 s. */
const speed = 400;

/** Runs a scenario on a server that is there for it alone. */
export async function trilioScenario(
  { hurried, ...options }: TrilioEmulatorOptions & Pick<ScenarioOptions, "hurried">,
  run: (scenario: TrilioScenario) => Promise<void>,
): Promise<void> {
  const clock = hurried ? new ShiftedClock() : undefined;
  const trilio = await startTrilio({ speed, ...(clock ? { clock } : {}), ...options });
  const stack = await Stack.create({ env: trilio.env() });
  if (clock) stack.hurry(clock);
  try {
    const sent = (route: string) =>
      trilio.requests
        .filter((request) => request.route === route && request.status !== 400)
        .map(({ body }) => body);
    await run({ trilio, stack, sent });
  } finally {
    stack.dispose();
    await trilio.close();
  }
}

/** All restores run at once, however many there are of one snapshot. */
export const atOnce = { snapshotBusyWhileRestoring: false } as const;

/** Routes of the requests, without the ids. */
export const trilioRoutes = {
  restore: "POST /v1/{tenant}/snapshots/{snapshotId}",
  show: "GET /v1/{tenant}/restores/{id}",
  cancel: "GET /v1/{tenant}/restores/{id}/cancel",
  remove: "DELETE /v1/{tenant}/restores/{id}",
} as const;

const [cirros1, cirros2] = ["e33c1eea-c533-4945-864d-0da1fc002070", "67d6a100-fee6-4aa5-83a1-66b070d2eabe"];
const [databaseA, databaseB] = [
  "7c1bb5d2-aa5a-44f7-abcd-2d76b819b4c8",
  "08dab61c-6efd-44d3-a9ed-8e789d338c1b",
];
const network = {
  id: "5fb7027d-a2ac-4a21-9ee1-438c281d2b26",
  subnet: "b7b54304-aa82-4d50-91e6-66445ab56db4",
};

/** Ids of instances of the emulator's seed. */
export const seeded = { cirros1, cirros2, databaseA, databaseB } as const;

/**
 * A restore of each kind, as the samples of the API page have them: one-click of `API taken 2`; selective and in-place
 * of `before upgrade`, so that one of them has to wait for the other.
 *
 * @param args what all of them are given beside their own
 */
export function threeKinds(
  trilio: TrilioEmulator,
  args: Record<string, unknown> = {},
  opts: Record<string, unknown> = {},
): Declared[] {
  const restoration = (name: string, snapshot: string, own: object): Declared => ({
    type: "trilio:SnapshotRestoration",
    name,
    args: { snapshot: trilio.id("snapshots", snapshot), name: `${name} restore`, ...own, ...args },
    opts: { ...opts },
  });
  return [
    restoration("all", "API taken 2", { kind: "one-click", description: "everything" }),
    restoration("chosen", "before upgrade", {
      kind: "selective",
      options: {
        instances: [
          {
            id: databaseA,
            name: "db-a-drill",
            availabilityZone: "nova",
            flavor: { id: "1", vcpus: 1, ram: 512, disk: 1, ephemeral: 0, swap: 0 },
            volumes: [{ id: "f6b3fef6-4b0e-487e-84b5-47a14da716ca", newVolumeType: "iscsi" }],
          },
        ],
        networksMapping: [{ snapshotNetwork: network, targetNetwork: { ...network, name: "internal" } }],
      },
    }),
    restoration("back", "before upgrade", {
      kind: "in-place",
      confirmOverwrite: true,
      options: {
        instances: [
          { id: databaseA, volumes: [{ id: "f6b3fef6-4b0e-487e-84b5-47a14da716ca" }] },
          { id: databaseB, include: false },
        ],
      },
    }),
  ];
}

/** Lets restores that a fault holds go on, each to the end that it would have had. */
export function letGo({ world }: TrilioEmulator): void {
  for (const restore of world.restores.values()) {
    if (!restore.trouble.stuck) continue;
    restore.trouble = { ...restore.trouble, stuck: false };
    startRestore(world, restore);
  }
}

/** The ids of the restores in the state, by the names of {@link threeKinds}. */
export function idsOf(stack: Stack): Record<string, string> {
  return Object.fromEntries(Object.entries(stack.resources()).map(([name, { id }]) => [name, id]));
}
