import { inject } from "vitest";
import { ShiftedClock } from "../../../emulator";
import { type Declared, Stack, type StackOptions } from "../../engine/support/stack";
import type { Api } from "../service/api";
import { CountingProxy } from "../service/proxy";
import { Tenant, type TenantOptions, type User } from "../service/tenant";

/** A stack on the real engine, whose provider reaches a real Cinder through a proxy. */
export interface CinderScenario {
  /** A project of its own, and plain HTTP to the same Cinder, past the proxy. */
  tenant: Tenant;
  api: Api;
  proxy: CountingProxy;
  stack: Stack;
}

/** What the scenario's project is like, and how its stack signs in. */
export interface CinderScenarioOptions extends TenantOptions {
  /** Whether the provider passes over its long pauses, where it stands already and can. */
  hurried?: boolean;
  /** The stack's settings; by default the password is in the environment. */
  signIn?: (tenant: Tenant, endpoint: string) => Promise<StackOptions> | StackOptions;
}

/** The settings of a user with a password. @param endpoint of Cinder, with the project */
export function withPassword({ cloud }: Tenant, user: User, endpoint: string): StackOptions {
  return {
    config: {
      authUrl: cloud.keystone,
      username: user.name,
      projectName: user.project.name,
      blockStorageEndpoint: endpoint,
    },
    env: { OS_PASSWORD: user.password },
  };
}

/** Runs a scenario in a project that is there for it alone. */
export async function scenario(
  options: CinderScenarioOptions,
  run: (scenario: CinderScenario) => Promise<void>,
): Promise<void> {
  const {
    hurried = false,
    signIn = (tenant: Tenant, endpoint: string) => withPassword(tenant, tenant.user, endpoint),
    ...others
  } = options;
  const tenant = await Tenant.create(inject("cloud"), others);
  const proxy = await CountingProxy.start(tenant.cinder.url);
  const stack = await Stack.create(await signIn(tenant, `${proxy.url}/v3/${tenant.projectId}`));
  if (hurried) stack.hurry(new ShiftedClock());
  try {
    await run({ tenant, api: tenant.api, proxy, stack });
  } finally {
    stack.dispose();
    await proxy.close();
  }
}

/** A volume of 1 GiB. */
export function volume(args: Record<string, unknown> = {}, name = "data"): Declared {
  return { type: "cinder:Volume", name, args: { size: 1, ...args } };
}

/** A snapshot, of the volume `data` in the same program unless another is given. */
export function snapshot(args: Record<string, unknown> = {}, name = "nightly"): Declared {
  return { type: "cinder:Snapshot", name, args: { volumeId: "@data.id", ...args } };
}

/** A restoration, of the snapshot `nightly` in the same program unless another is given. */
export function restoration(args: Record<string, unknown> = {}, name = "copy"): Declared {
  return { type: "cinder:SnapshotRestoration", name, args: { snapshotId: "@nightly.id", ...args } };
}
