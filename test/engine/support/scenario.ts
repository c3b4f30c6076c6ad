import {
  type Actor,
  ShiftedClock,
  startWaldur,
  type WaldurEmulator,
  type WaldurEmulatorOptions,
} from "../../../emulator";
import { type Declared, Stack } from "./stack";

/** A server and a stack of their own. */
export interface Scenario {
  waldur: WaldurEmulator;
  stack: Stack;
  /** Bodies of the writes on a route since the last reset, e.g. `PATCH /api/openstack-snapshots/{uuid}/`. */
  sent(route: string): unknown[];
}

/** What the scenario's server is like, and who acts. */
export interface ScenarioOptions extends WaldurEmulatorOptions {
  as?: Actor;
  /** Where the provider finds the token: in its environment, or as a secret in the stack's settings. */
  tokenFrom?: "environment" | "config";
  /** Whether the provider passes over its long pauses, where it stands already and can. */
  hurried?: boolean;
  /** Whether `Pulumi.yaml` says where the plugin is. Default: true. */
  pluginSetting?: boolean;
  /** What else is in the environment of the engine, the program and the provider. */
  env?: Record<string, string>;
}

/** So many times faster than a real server: a snapshot takes 0.3 s. */
const speed = 40;

/** Runs a scenario on a server that is there for it alone. */
export async function scenario(
  { as = "owner", tokenFrom = "environment", pluginSetting, hurried, env = {}, ...options }: ScenarioOptions,
  run: (scenario: Scenario) => Promise<void>,
): Promise<void> {
  const shared = hurried ? new ShiftedClock() : undefined;
  const waldur = await startWaldur({ speed, ...(shared ? { clock: shared } : {}), ...options });
  const token = waldur.tokens[as];
  const inConfig = tokenFrom === "config";
  const stack = await Stack.create({
    config: {
      waldurApiUrl: `${waldur.url}/api/`,
      ...(inConfig ? { waldurAccessToken: { secret: token } } : {}),
    },
    env: inConfig ? env : { ...env, WALDUR_ACCESS_TOKEN: token },
    pluginSetting,
  });
  // Who moves the server's clock means the time of day: all clocks of the world are right, unless a test sets one wrong.
  stack.clock = options.clock;
  if (shared) stack.hurry(shared);
  try {
    await run({
      waldur,
      stack,
      sent: (route) => waldur.requests.filter((request) => request.route === route).map(({ body }) => body),
    });
  } finally {
    stack.dispose();
    await waldur.close();
  }
}

/** A volume of 10 GiB in the emulator's project. */
export function volume(waldur: WaldurEmulator, args: Record<string, unknown> = {}, name = "data"): Declared {
  const { project, offering } = waldur.ids;
  return { type: "Volume", name, args: { projectId: project, offeringId: offering, size: 10240, ...args } };
}

/** A snapshot, of a volume that the emulator starts with unless another is given. */
export function snapshot(
  waldur: WaldurEmulator,
  args: Record<string, unknown> = {},
  name = "nightly",
): Declared {
  return { type: "Snapshot", name, args: { volumeId: waldur.ids.volumes["data-1"], ...args } };
}

/** A restoration, of a snapshot that the emulator starts with unless another is given. */
export function restoration(
  waldur: WaldurEmulator,
  args: Record<string, unknown> = {},
  name = "copy",
): Declared {
  return {
    type: "SnapshotRestoration",
    name,
    args: { snapshotId: waldur.ids.snapshots["seed-snap-1"], ...args },
  };
}

/** Routes of the requests, without the ids. */
export const routes = {
  order: "POST /api/marketplace-orders/",
  terminate: "POST /api/marketplace-resources/{uuid}/terminate/",
  snapshot: "POST /api/openstack-volumes/{uuid}/snapshot/",
  restore: "POST /api/openstack-snapshots/{uuid}/restore/",
  patchSnapshot: "PATCH /api/openstack-snapshots/{uuid}/",
  patchVolume: "PATCH /api/openstack-volumes/{uuid}/",
  deleteSnapshot: "DELETE /api/openstack-snapshots/{uuid}/",
  extend: "POST /api/openstack-volumes/{uuid}/extend/",
  retype: "POST /api/openstack-volumes/{uuid}/retype/",
  attach: "POST /api/openstack-volumes/{uuid}/attach/",
  detach: "POST /api/openstack-volumes/{uuid}/detach/",
} as const;
