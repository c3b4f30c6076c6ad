import { type Guesses, startTrilio, type TrilioEmulator } from "../../../../emulator/index";
import { trilio } from "../../../../provider/trilio/backend";
import type { TrilioClient } from "../../../../provider/trilio/client";
import type { TrilioContext } from "../../../../provider/trilio/object";
import type { SnapshotRestorationInputs } from "../../../../provider/trilio/restoration/schema";
import { cirros1, databases } from "../../../emulator/trilio/support/bench";
import { SkippingClock } from "../../../support/skippingClock";

/** The lifecycle on one side and an emulated Trilio on the other; time passes only in waits. */
export class TrilioStage {
  readonly warnings: string[] = [];

  private constructor(
    readonly emulator: TrilioEmulator,
    readonly clock: SkippingClock,
    /** One for all operations, with the token that it holds. */
    readonly client: TrilioClient,
  ) {}

  static async start(guesses: Partial<Guesses> = {}): Promise<TrilioStage> {
    const clock = new SkippingClock();
    const emulator = await startTrilio({ clock, speed: 20, guesses });
    const env = emulator.env();
    const settings = {
      authUrl: env.OS_AUTH_URL,
      username: env.OS_USERNAME,
      password: env.OS_PASSWORD,
      userDomainName: env.OS_USER_DOMAIN_NAME,
      projectName: env.OS_PROJECT_NAME,
      projectDomainName: env.OS_PROJECT_DOMAIN_NAME,
    };
    return new TrilioStage(emulator, clock, trilio.connect(settings, clock));
  }

  /** What one operation works with. @param seconds until it is out of time */
  context(seconds = 7200): TrilioContext {
    const { client, clock, warnings } = this;
    const end = clock.now() + seconds * 1000;
    return {
      client,
      clock,
      identity: { project: "shop", stack: "test", name: "drill" },
      get timeoutMs() {
        return end - clock.now();
      },
      progress: () => undefined,
      warn: (message) => warnings.push(message),
    };
  }

  /** A selective restore of one instance, named drill. */
  selective(): SnapshotRestorationInputs {
    const network = {
      id: "5fb7027d-a2ac-4a21-9ee1-438c281d2b26",
      subnet: "b7b54304-aa82-4d50-91e6-66445ab56db4",
    };
    return {
      snapshot: this.emulator.id("snapshots", "API taken 2"),
      kind: "selective",
      name: "drill",
      description: "quarterly",
      options: {
        instances: [{ id: cirros1.id, name: "cirros-1-drill", volumes: [{ id: cirros1.volume }] }],
        networksMapping: [{ snapshotNetwork: network, targetNetwork: network }],
      },
    };
  }

  /** An in-place restore of one of two instances, named back, that is cancelled when it is out of time. */
  inPlace(snapshot = "before upgrade"): SnapshotRestorationInputs {
    const [{ id, volume }] = databases;
    return {
      snapshot: this.emulator.id("snapshots", snapshot),
      kind: "in-place",
      name: "back",
      confirmOverwrite: true,
      onInterrupt: "cancel",
      options: { instances: [{ id, volumes: [{ id: volume }] }] },
    };
  }

  /** Requests of a route that were seen. */
  count(route: string): number {
    return this.emulator.counts()[route] ?? 0;
  }
}

/** Routes that tests count or break. */
export const routes = {
  create: "POST /v1/{tenant}/snapshots/{snapshotId}",
  show: "GET /v1/{tenant}/restores/{id}",
  cancel: "GET /v1/{tenant}/restores/{id}/cancel",
  delete: "DELETE /v1/{tenant}/restores/{id}",
  list: "GET /v1/{tenant}/restores/detail",
  snapshot: "GET /v1/{tenant}/snapshots/{snapshotId}",
};
