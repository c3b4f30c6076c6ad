import {
  type Actor,
  type Json,
  ManualClock,
  startWaldur,
  type WaldurEmulator,
  type WaldurEmulatorOptions,
} from "../../../emulator/index";

/** A JSON object of which a test looks at a few fields. */
// biome-ignore lint/suspicious/noExplicitAny: tests look into bodies of every shape
export type Body = any;

/** An answer of the emulator. */
export interface Answer {
  status: number;
  headers: Headers;
  text: string;
  /** Parsed JSON; null for anything else. */
  body: Body;
}

/** An emulator with a clock that the test moves, and a client for it. */
export class Bench {
  private constructor(
    readonly emulator: WaldurEmulator,
    readonly clock: ManualClock,
  ) {}

  static async start(options: WaldurEmulatorOptions = {}): Promise<Bench> {
    const clock = new ManualClock();
    return new Bench(await startWaldur({ clock, ...options }), clock);
  }

  /** Sends a request as `actor`; `path` is below `/api/`. */
  async call(method: string, path: string, body?: Json, actor: Actor = "owner"): Promise<Answer> {
    const headers = {
      Authorization: `Token ${this.emulator.tokens[actor]}`,
      "Content-Type": "application/json",
    };
    const init = body === undefined ? { method, headers } : { method, headers, body: JSON.stringify(body) };
    const response = await fetch(`${this.emulator.url}/api/${path}`, { redirect: "manual", ...init });
    const text = await response.text();
    let parsed: Body = null;
    try {
      parsed = JSON.parse(text);
    } catch {
      // Not JSON: the test looks at the text.
    }
    return { status: response.status, headers: response.headers, text, body: parsed };
  }

  get(path: string, actor: Actor = "owner"): Promise<Answer> {
    return this.call("GET", path, undefined, actor);
  }

  post(path: string, body: Json = {}, actor: Actor = "owner"): Promise<Answer> {
    return this.call("POST", path, body, actor);
  }

  /** Takes a snapshot of a seeded volume. */
  snapshot(name: string, more: { [key: string]: Json } = {}, volume = "data-1"): Promise<Answer> {
    return this.post(`openstack-volumes/${this.emulator.uuid("volumes", volume)}/snapshot/`, {
      name,
      ...more,
    });
  }

  /** Takes a snapshot and waits for it by the clock. */
  async settledSnapshot(name: string, more: { [key: string]: Json } = {}): Promise<Body> {
    const { body } = await this.snapshot(name, more);
    this.clock.advanceSeconds(13);
    return this.read(body);
  }

  /** Orders a volume. */
  order(attributes: { [key: string]: Json }, actor: Actor = "owner"): Promise<Answer> {
    const { ids, link } = this.emulator;
    const offering = link("marketplace-public-offerings", ids.offering);
    return this.post(
      "marketplace-orders/",
      { offering, project: link("projects", ids.project), attributes },
      actor,
    );
  }

  /** Reads an object again, by its `url`. */
  async read({ url }: { url: string }): Promise<Body> {
    return (await this.get(url.replace(/^.*\/api\//, ""))).body;
  }

  close(): Promise<void> {
    return this.emulator.close();
  }
}
