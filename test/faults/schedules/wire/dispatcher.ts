import { type Agent, Dispatcher, errors } from "undici";
import type { Network } from "../../../../provider/core/http/transport";
import type { VirtualClock } from "../../../support/virtualClock";
import type { Answer, Asked, Delivery } from "./messages";

/** Carries a request over the wire. */
export type Carrier = (asked: Asked) => Promise<Delivery>;

/**
 * A network in memory, on virtual time. Only what undici itself does on a connection is done here: time limits of
 * silence, connections that break, bodies that come in pieces.
 */
export function networkOf(carry: Carrier, clock: VirtualClock): Network {
  return (options) => new WireDispatcher(carry, clock, options);
}

class WireDispatcher extends Dispatcher {
  readonly #carry: Carrier;
  readonly #clock: VirtualClock;
  readonly #silenceMs: { headers: number; body: number };

  constructor(carry: Carrier, clock: VirtualClock, { headersTimeout, bodyTimeout }: Agent.Options) {
    super();
    this.#carry = carry;
    this.#clock = clock;
    this.#silenceMs = { headers: headersTimeout ?? 300_000, body: bodyTimeout ?? 300_000 };
  }

  override dispatch(options: Dispatcher.DispatchOptions, handler: Dispatcher.DispatchHandler): boolean {
    const exchange = new Exchange(handler, this.#clock, this.#silenceMs);
    this.#carry(askedOf(options)).then(
      (delivery) => exchange.deliver(delivery),
      (error: Error) => exchange.fail(error),
    );
    return true;
  }

  override async close(): Promise<void> {}

  override async destroy(): Promise<void> {}
}

/** One request under way, until it is answered, broken or given up. */
class Exchange {
  readonly #handler: Dispatcher.DispatchHandler;
  readonly #clock: VirtualClock;
  readonly #silenceMs: { headers: number; body: number };
  #over = false;
  #resume: () => void = () => undefined;

  constructor(
    handler: Dispatcher.DispatchHandler,
    clock: VirtualClock,
    silenceMs: { headers: number; body: number },
  ) {
    this.#handler = handler;
    this.#clock = clock;
    this.#silenceMs = silenceMs;
    handler.onConnect?.((error) => this.fail(error ?? new errors.RequestAbortedError()));
  }

  async deliver(delivery: Delivery): Promise<void> {
    if (delivery === "silence") {
      await this.#clock.sleep(this.#silenceMs.headers);
      this.fail(new errors.HeadersTimeoutError());
    } else if ("broken" in delivery) {
      const { broken } = delivery;
      const said = broken === "ECONNREFUSED" ? "connect ECONNREFUSED" : "other side closed";
      this.fail(Object.assign(new Error(said), { code: broken }));
    } else {
      this.#begin(delivery.answer);
      await this.#body(delivery);
    }
  }

  /** Ends it without an answer. */
  fail(error: Error): void {
    if (this.#over) return;
    this.#over = true;
    this.#resume();
    this.#handler.onError?.(error);
  }

  #begin({ status, headers }: Answer): void {
    if (this.#over) return;
    const raw = Object.entries(headers).flatMap((pair) => pair.map((text) => Buffer.from(text)));
    this.#handler.onHeaders?.(status, raw, () => this.#resume(), "");
  }

  async #body({ answer, cut, drip }: Exclude<Delivery, "silence" | { broken: string }>): Promise<void> {
    const whole = Buffer.from(answer.body);
    const end = cut ?? whole.length;
    for (let at = 0; at < end && !this.#over; ) {
      const size = drip?.bytes ?? end;
      if (drip !== undefined && (await this.#silent(drip.pauseMs))) return;
      await this.#push(whole.subarray(at, Math.min(end, at + size)));
      at += size;
    }
    if (cut !== undefined)
      this.fail(Object.assign(new Error("other side closed"), { code: "UND_ERR_SOCKET" }));
    if (this.#over) return;
    this.#over = true;
    this.#handler.onComplete?.([]);
  }

  /** Lets nothing come for a while. @returns whether that was too long */
  async #silent(ms: number): Promise<boolean> {
    await this.#clock.sleep(Math.min(ms, this.#silenceMs.body));
    if (ms >= this.#silenceMs.body) this.fail(new errors.BodyTimeoutError());
    return this.#over;
  }

  async #push(chunk: Buffer): Promise<void> {
    if (this.#over || this.#handler.onData?.(chunk) !== false) return;
    await new Promise<void>((resolve) => {
      this.#resume = resolve;
    });
  }
}

function askedOf({ origin, path, method, headers, body }: Dispatcher.DispatchOptions): Asked {
  const pairs = Object.entries((headers ?? {}) as Record<string, string>);
  return {
    origin: String(origin),
    method,
    path,
    headers: Object.fromEntries(pairs.map(([name, value]) => [name.toLowerCase(), String(value)])),
    body: typeof body === "string" ? body : "",
  };
}
