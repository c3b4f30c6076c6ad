import {
  type Guesses,
  type Json,
  ManualClock,
  type Person,
  startTrilio,
  type TrilioEmulator,
  type TrilioEmulatorOptions,
} from "../../../../emulator/index";
import type { Answer, Body } from "../../support/client";

/** What a request sends besides method, path and body. */
export interface Extras {
  person?: Person;
  /** A token of the test's own; null sends none. */
  token?: string | null;
  headers?: Record<string, string>;
}

/** The request body of one of the page's samples. */
export function sample(name: "oneclick" | "selective" | "inplace"): Body {
  return structuredClone(recording(name).request.body);
}

/** One of the page's samples (test/recordings/trilio). */
export function recording(name: string): Body {
  return require(`../../../recordings/trilio/${name}.json`);
}

/** The instance of the page that the selective sample restores, and the volume of it. */
export const cirros1 = {
  id: "e33c1eea-c533-4945-864d-0da1fc002070",
  volume: "365ad75b-ca76-46cb-8eea-435535fd2e22",
};

/** The two instances that the in-place sample restores, and their volumes. */
export const databases = [
  { id: "7c1bb5d2-aa5a-44f7-abcd-2d76b819b4c8", volume: "f6b3fef6-4b0e-487e-84b5-47a14da716ca" },
  { id: "08dab61c-6efd-44d3-a9ed-8e789d338c1b", volume: "53204f34-019d-4ba8-ada1-e6ab7b8e5b43" },
] as const;

/** An emulated Trilio with a clock that the test moves, and a client for it. */
export class TrilioBench {
  private constructor(
    readonly emulator: TrilioEmulator,
    readonly clock: ManualClock,
  ) {}

  static async start(options: TrilioEmulatorOptions = {}): Promise<TrilioBench> {
    const clock = new ManualClock();
    return new TrilioBench(await startTrilio({ clock, ...options }), clock);
  }

  /** With other guesses than the defaults. */
  static guessing(guesses: Partial<Guesses>): Promise<TrilioBench> {
    return TrilioBench.start({ guesses });
  }

  /** Sends a request; `path` is below `/v1/PROJECT`, or a whole address. */
  async call(method: string, path: string, body?: Json, extras: Extras = {}): Promise<Answer> {
    const token = extras.token === undefined ? this.emulator.token(extras.person) : extras.token;
    const headers: Record<string, string> = { "Content-Type": "application/json", ...extras.headers };
    if (token !== null) headers["X-Auth-Token"] = token;
    const init = body === undefined ? { method, headers } : { method, headers, body: JSON.stringify(body) };
    const response = await fetch(path.startsWith("/") ? `${this.emulator.url}${path}` : path, init);
    const text = await response.text();
    let parsed: Body = null;
    try {
      parsed = JSON.parse(text);
    } catch {
      // Not JSON: the test looks at the text.
    }
    return { status: response.status, headers: response.headers, text, body: parsed };
  }

  get(path: string, extras?: Extras): Promise<Answer> {
    return this.call("GET", path, undefined, extras);
  }

  /** Starts a restore of a snapshot of the seed; the page's one-click sample if nothing else is given. */
  restore(body: Json = sample("oneclick"), snapshot = "API taken 2", extras?: Extras): Promise<Answer> {
    return this.call("POST", `/snapshots/${this.snapshotId(snapshot)}`, body, extras);
  }

  /** Starts the page's in-place sample. */
  restoreInPlace(change: (instances: Body[]) => void = () => {}): Promise<Answer> {
    const body = sample("inplace");
    change(body.restore.options.openstack.instances);
    return this.restore(body, "before upgrade");
  }

  /** Starts the page's selective sample with changes to its `options.openstack`. */
  restoreSelected(change: (openstack: Body) => void = () => {}): Promise<Answer> {
    const body = sample("selective");
    change(body.restore.options.openstack);
    return this.restore(body);
  }

  /** The restore that an answer to a create told of, as it is shown now. */
  async shown(created: Answer): Promise<Body> {
    return (await this.get(`/restores/${created.body.restore.id}`)).body.restore;
  }

  /** The same when it has ended. */
  async ended(created: Answer): Promise<Body> {
    this.clock.advanceSeconds(600);
    return this.shown(created);
  }

  cancel(created: Answer, extras?: Extras): Promise<Answer> {
    return this.get(`/restores/${created.body.restore.id}/cancel`, extras);
  }

  delete(created: Answer, extras?: Extras): Promise<Answer> {
    return this.call("DELETE", `/restores/${created.body.restore.id}`, undefined, extras);
  }

  /** The path of a restore below its workload and snapshot. */
  nested(created: Answer, workload = "web"): string {
    const { id, snapshot_id } = created.body.restore;
    return `/workloads/${this.emulator.id("workloads", workload)}/snapshots/${snapshot_id}/restores/${id}`;
  }

  async snapshot(name: string): Promise<Body> {
    return (await this.get(`/snapshots/${this.snapshotId(name)}`)).body.snapshot;
  }

  snapshotId(name: string): string {
    return this.emulator.id("snapshots", name);
  }

  /** The items of a list. */
  async list(path: string, extras?: Extras): Promise<Body[]> {
    const { body } = await this.get(path, extras);
    return Object.values(body)[0] as Body[];
  }

  close(): Promise<void> {
    return this.emulator.close();
  }
}
