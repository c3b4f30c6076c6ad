import type { Clock } from "../../../../provider/core/clock";
import type { Past } from "../../../../provider/fronts/creations";
import type { Codec, Front } from "../../../fronts/contract/support/codec";
import { DynamicCodec } from "../../../fronts/contract/support/dynamicCodec";
import { PluginCodec } from "../../../fronts/contract/support/pluginCodec";
import { networkOf } from "../wire/dispatcher";
import type { FaultyProxy } from "../wire/faultyProxy";

const never = new Promise<never>(() => undefined);

/** The process of a provider for one run: it can be killed, and then nothing in it goes on. */
export class RunProcess {
  /** Resolves when it is killed. */
  readonly killed: Promise<"killed">;
  #dead = false;
  #die: (word: "killed") => void = () => undefined;
  #codec: Codec | undefined;

  private constructor(readonly front: Front) {
    this.killed = new Promise((resolve) => {
      this.#die = resolve;
    });
  }

  /**
   * @param skewMs how far the machine's clock is ahead of the truth
   * @param past where it learns of earlier runs
   */
  static async start(front: Front, proxy: FaultyProxy, skewMs: number, past: Past): Promise<RunProcess> {
    const process = new RunProcess(front);
    const { world, clock } = proxy;
    const where = {
      env: {},
      cwd: "/nowhere",
      machine: "/nowhere",
      network: networkOf(proxy.carrierOf(process), clock),
    };
    const own = process.#clock(clock, skewMs);
    process.#codec =
      front === "plugin"
        ? await PluginCodec.direct(world.settings, own, where, past)
        : new DynamicCodec(world.settings, own, where, past);
    return process;
  }

  get codec(): Codec {
    if (this.#codec === undefined) throw new Error("the process has not started");
    return this.#codec;
  }

  /** Resolves while it lives; afterwards never. */
  async alive(): Promise<void> {
    if (this.#dead) await never;
  }

  kill(): void {
    this.#dead = true;
    this.#die("killed");
  }

  /** Ctrl-C: the engine asks the plugin to stop; a dynamic provider gets the signal, and nothing else. */
  interrupt(): void {
    const { codec } = this;
    if (codec instanceof PluginCodec) void codec.cancel();
    else this.kill();
  }

  #clock(time: Clock, skewMs: number): Clock {
    return {
      now: () => time.now() + skewMs,
      random: () => time.random(),
      alarm: (ms, ring) => time.alarm(ms, () => (this.#dead ? undefined : ring())),
      sleep: async (ms, signal) => {
        await this.alive();
        await time.sleep(ms, signal).finally(() => this.alive());
      },
    };
  }
}
