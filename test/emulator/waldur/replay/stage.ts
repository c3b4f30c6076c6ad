import type { Json, ManualClock, WaldurEmulator, World } from "../../../../emulator/index";
import { backstage } from "./backstage";
import { type Exception, withoutExceptions } from "./exceptions";
import { Bindings, comparedHeaders, type Difference } from "./matching";
import type { Exchange, Recording } from "./recordings";
import { type Answer, send } from "./wire";

/** The outcome of one replayed exchange. */
export interface Compared {
  scenario: string;
  index: number;
  exchange: Exchange;
  /** What the emulator took it for, e.g. `GET /api/openstack-volumes/{uuid}/`. */
  route: string;
  differences: Difference[];
  used: Exception[];
}

/** A step of the server may come this much earlier or later than recorded (seconds): the recorder polled every 0.2 s. */
const slack = 0.7;

/** The time that a request takes at least (seconds), so that what follows it is later. */
const requestTime = 0.025;

/** Labels of exchanges that were polled until they changed: the recorder wrote `(changed)`, in scenario 21 `states`. */
function isPoll(exchange: Exchange): boolean {
  return exchange.label.endsWith("(changed)") || exchange.label === "states";
}

/** Replays recordings against one emulator whose clock it owns. */
export class Stage {
  readonly bindings = new Bindings();
  readonly #tokens: Map<string, string>;

  constructor(
    private readonly emulator: WaldurEmulator,
    private readonly clock: ManualClock,
  ) {
    this.#tokens = new Map(Object.entries(emulator.tokens));
  }

  /** Replays one scenario and tells, for each exchange, how the answers differ. */
  async play(number: string, recording: Recording): Promise<Compared[]> {
    const start = Math.max(Date.parse(recording.recorded_at), this.clock.now());
    const results: Compared[] = [];
    let previous: Exchange | undefined;
    for (const [index, exchange] of recording.exchanges.entries()) {
      const world: World = this.emulator.world;
      this.clock.advanceSeconds(index === 0 ? 0 : requestTime);
      world.advance();
      for (const step of backstage) if (step.scenario === number && step.before === index) step.run(world);
      // `t` is when the request was sent; what it does, or shows, is as of its answer.
      const at = start + exchange.t * 1000 + (exchange.ms ?? 0);
      const polled = isPoll(exchange);
      const again = polled && previous !== undefined && samePoll(previous, exchange);
      const found = polled
        ? await this.#poll(number, exchange, at, again)
        : await this.#once(number, exchange, at);
      const route = this.emulator.requests.at(-1)?.route ?? "";
      results.push({ scenario: number, index, exchange, route, ...found });
      previous = exchange;
    }
    return results;
  }

  async #once(
    number: string,
    exchange: Exchange,
    at: number,
  ): Promise<Pick<Compared, "differences" | "used">> {
    this.clock.set(at);
    const answer = await this.#send(exchange);
    return withCovered(number, exchange, this.#compare(exchange, answer));
  }

  /**
   * Does what the recorder did: asks until the answer is the recorded one. It must not come more than `slack` before
   * the recorded time (when the recorder had asked before), nor more than `slack` after it.
   */
  async #poll(
    number: string,
    exchange: Exchange,
    at: number,
    again: boolean,
  ): Promise<Pick<Compared, "differences" | "used">> {
    const early = at - slack * 1000;
    if (again && early > this.clock.now()) {
      this.clock.set(early);
      const tooSoon = this.#compare(exchange, await this.#send(exchange), true);
      if (tooSoon.length === 0) {
        const recorded = `not yet ${slack} s before t=${exchange.t}`;
        return { differences: [{ path: "time", recorded, emulated: "already so" }], used: [] };
      }
    }
    let best: Pick<Compared, "differences" | "used"> | undefined;
    this.clock.set(early);
    for (;;) {
      const result = withCovered(number, exchange, this.#compare(exchange, await this.#send(exchange)));
      if (result.differences.length === 0) return result;
      if (best === undefined || result.differences.length < best.differences.length) best = result;
      const next = this.emulator.world.nextEvent();
      if (next === undefined || next > at + slack * 1000) return best;
      this.clock.set(next);
    }
  }

  #send({ request }: Exchange): Promise<Answer> {
    const headers = Object.fromEntries(
      Object.entries(request.headers).map(([name, value]) => [name, this.#withTokens(value)]),
    );
    const body =
      request.body === null
        ? undefined
        : this.bindings.translate(
            typeof request.body === "string" ? request.body : JSON.stringify(request.body),
          );
    const query = request.query === "" ? "" : `?${this.#withTokens(request.query)}`;
    const target = this.bindings.translate(`${request.path}${query}`);
    return send(this.emulator.url, request.method, target, headers, body);
  }

  #withTokens(text: string): string {
    return text.replace(/<(\w+|\?)>/g, (_, actor: string) => this.#tokens.get(actor) ?? "0".repeat(40));
  }

  #compare(exchange: Exchange, answer: Answer, dry = false): Difference[] {
    const { response } = exchange;
    const differences: Difference[] = [];
    if (response.status !== answer.status) {
      differences.push({ path: "status", recorded: response.status, emulated: answer.status });
    }
    const headers = (source: Record<string, string>): Json =>
      Object.fromEntries(comparedHeaders.map((name) => [name, source[name] ?? null]));
    const bindings = dry ? new Bindings() : this.bindings;
    const recorded = { headers: headers(response.headers), body: response.body };
    const emulated = { headers: headers(answer.headers), body: answer.body };
    for (const difference of bindings.compare(recorded, emulated, this.#tokens)) {
      const path = difference.path.replace(/^\.body/, "").replace(/^\.headers\./, "header ");
      differences.push({ ...difference, path: path === "" ? "body" : path });
    }
    return differences;
  }
}

function samePoll(a: Exchange, b: Exchange): boolean {
  return isPoll(a) && a.label === b.label && a.request.path === b.request.path;
}

function withCovered(
  number: string,
  exchange: Exchange,
  differences: Difference[],
): Pick<Compared, "differences" | "used"> {
  const { left, used } = withoutExceptions(number, exchange.label, differences);
  return { differences: left, used };
}

/** One line per difference: where, what was recorded, what the emulator said. */
export function tell({ scenario, index, exchange, differences }: Compared): string[] {
  const { method, path, query } = exchange.request;
  return differences.map(
    (difference) =>
      `${scenario} #${index} [${exchange.label}] ${method} ${path}${query === "" ? "" : `?${query}`} ${difference.path}: recorded ${JSON.stringify(difference.recorded)}, emulated ${JSON.stringify(difference.emulated)}`,
  );
}
