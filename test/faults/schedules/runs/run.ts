import { defaultTimeouts, type Properties } from "../../../../provider/core/resource/lifecycle";
import { passingNotes } from "../../../../provider/core/resource/notes";
import { lateMs } from "../../../../provider/core/resource/once/options";
import { lifecycleOf } from "../../../../provider/registry";
import { seeded, settled, someDay, VirtualClock } from "../../../support/virtualClock";
import { FaultyProxy } from "../wire/faultyProxy";
import { openWorld } from "../worlds";
import type { FaultWorld } from "../worlds/world";
import { Engine, type Outcome } from "./engine";
import { RunProcess } from "./process";
import { caseOf, declaredIn, keptForMs, variantsOf } from "./program";
import { withSeededIds } from "./random";
import type { Report, Schedule, Step } from "./schedule";
import { timed } from "./timed";
import { Watch } from "./watch";

/** What an operation may take beyond its limit, in milliseconds. */
const toleranceMs = 5000;
/** After that all that was sent has been carried out, late or not. */
const calmMs = 120_000;

/** Runs a schedule to its end, and looks whether all is well then. */
export function runSchedule(schedule: Schedule): Promise<Report> {
  return withSeededIds(schedule.seed, async () => {
    const clock = new VirtualClock(seeded(schedule.seed), someDay);
    const world = await openWorld(schedule.type, clock, schedule.approvalMs);
    // Some worlds make what arguments name when they are asked for it.
    variantsOf(caseOf(schedule.type), world, false);
    declaredIn(schedule, world, 0, someDay);
    try {
      return await new ScheduleRun(schedule, clock, world).run();
    } finally {
      await world.close();
    }
  });
}

class ScheduleRun {
  readonly #schedule: Schedule;
  readonly #clock: VirtualClock;
  readonly #world: FaultWorld;
  readonly #engine: Engine;
  readonly #watch: Watch;
  readonly #proxy: FaultyProxy;
  readonly #history: string[] = [];
  /** So much longer it takes until the next run, in milliseconds. */
  #restMs = 0;
  /** What the processes on the machine have noted for each other. */
  #notes = passingNotes();

  constructor(schedule: Schedule, clock: VirtualClock, world: FaultWorld) {
    this.#schedule = schedule;
    this.#clock = clock;
    this.#world = world;
    this.#engine = new Engine(schedule.type);
    this.#watch = new Watch(world, schedule.type, () => clock.now());
    this.#proxy = new FaultyProxy(world, clock, schedule.faults, schedule.pageLength, {
      note: (line) => this.#note(line),
      others: (change) => this.#watch.others(change),
    });
    clock.settle = async () => {
      // A body that breaks off takes several turns of Node's loop to be noticed.
      for (let turns = 0; turns < 3 || this.#proxy.busy; turns++) await settled();
    };
  }

  async run(): Promise<Report> {
    const printed = console.error;
    // Where there is no engine, its log is standard error.
    console.error = (line: unknown) => {
      this.#note(`warning: ${line}`);
      this.#watch.read("a warning", String(line));
      this.#watch.warned(String(line));
    };
    try {
      for (const [index, step] of this.#schedule.steps.entries()) {
        await this.#clock.pass(step.gapMs + this.#restMs);
        this.#restMs = 0;
        await this.#step(step, index);
      }
      await this.#clean();
    } finally {
      console.error = printed;
    }
    for (const request of this.#proxy.strangers) this.#watch.found("stranger", request);
    const { violations, named } = this.#watch;
    const [schedule, { injected }, history] = [this.#schedule, this.#proxy, this.#history];
    return { schedule, violations, named: named.size, injected, history };
  }

  /** Without faults: everything is well after one `up`, left alone by the next, and gone after a `destroy`. */
  async #clean(): Promise<void> {
    this.#note("from here on nothing goes wrong");
    this.#proxy.faulty = false;
    this.#world.hurryUp();
    await this.#clock.pass(calmMs);
    // A deletion that was begun and not seen to its end is found by a refresh, in any stack.
    if (this.#schedule.steps.some(({ act }) => act === "destroy"))
      if (this.#failed("refresh", await this.#calmly("refresh"))) return;
    if (this.#failed("up", await this.#calmly("up"))) return;
    this.#watch.compare(this.#engine.state());
    const writes = this.#world.writes().length;
    for (const { name, done, error } of await this.#calmly("up"))
      if (done !== "same") this.#watch.found("settled", `${name}: ${done ?? error?.message}`);
    const more = this.#world.writes().slice(writes);
    if (more.length > 0) this.#watch.found("settled", more.join(", "));
    this.#failed("refresh", await this.#calmly("refresh"));
    if (this.#schedule.kept) {
      await this.#calmly("destroy");
      await this.#clock.pass(keptForMs + 86_400_000);
    }
    this.#failed("destroy", await this.#calmly("destroy"));
    await this.#clock.pass(calmMs);
    this.#watch.leftBehind();
  }

  /** A run with what the program declared last, where nothing goes wrong. */
  #calmly(act: Step["act"]): Promise<Outcome[]> {
    return this.#step({ act, variant: 0, gapMs: 0, skewMs: 0 }, this.#schedule.steps.length - 1);
  }

  /** Notes what failed although nothing went wrong. @returns whether anything did */
  #failed(act: Step["act"], outcomes: readonly Outcome[]): boolean {
    const failed = outcomes.filter(({ error }) => error !== undefined);
    for (const { name, error } of failed)
      this.#watch.found("recovery", `${act} of ${name}: ${error?.message}`);
    return failed.length > 0;
  }

  /**
   * One run of Pulumi.
   *
   * @param index the step whose declaration the program has
   * @returns what became of each resource; nothing where it was killed
   */
  async #step({ act, skewMs, limit }: Step, index: number): Promise<Outcome[]> {
    const declared = declaredIn(this.#schedule, this.#world, index, someDay);
    const [args] = act === "up" ? declared.values() : [];
    this.#note(`pulumi ${act} ${args ? JSON.stringify(args) : ""}${skewMs ? `, ${skewMs} ms off` : ""}`);
    const past = { notes: this.#notes, exported: async () => this.#engine.exported() };
    const process = await RunProcess.start(this.#schedule.front, this.#proxy, skewMs, past);
    this.#engine.begin(this.#timed(process), [...declared.keys()], limit);
    const before = new Map(this.#engine.state());
    const ended = await this.#clock.run(Promise.race([this.#act(act, declared), process.killed]));
    if (ended === "killed") this.#killed([...declared.keys()]);
    process.kill();
    const outcomes = ended === "killed" ? [] : ended;
    for (const { name, done, error } of outcomes) {
      this.#note(`${name}: ${done ?? `failed: ${error?.message}`}`);
      this.#watch.read(`an error of ${act}`, error?.message ?? "");
      if (done === "created" || done === "replaced") this.#watch.unlooked.delete(name);
      const held = before.get(name)?.held;
      if (done === "deleted" && held !== undefined) this.#watch.left(held, act);
    }
    this.#watch.look();
    this.#watch.readState(this.#engine.state());
    return outcomes;
  }

  /** Sometimes the engine goes with the provider, and sometimes the next run comes from another machine. */
  #killed(names: readonly string[]): void {
    for (const name of names) this.#watch.unlooked.add(name);
    const [alone, elsewhere] = [this.#schedule.seed % 2 === 0, this.#schedule.seed % 3 === 0];
    this.#note(`the ${alone ? "provider" : "engine"} is killed${elsewhere ? ", the machine is lost" : ""}`);
    if (alone) this.#engine.recordFailures();
    if (!elsewhere) return;
    this.#notes = passingNotes();
    this.#watch.machineLost = true;
    // Nothing tells another machine of a request that the server has yet to carry out.
    this.#restMs = lateMs;
  }

  #act(act: Step["act"], declared: ReadonlyMap<string, Properties>): Promise<Outcome[]> {
    return act === "up" ? this.#engine.up(declared) : this.#engine[act]();
  }

  #timed({ codec }: RunProcess) {
    const { timeouts = defaultTimeouts } = lifecycleOf(this.#schedule.type);
    const now = () => this.#clock.now();
    return timed(codec, timeouts, now, ({ what, ms, limitMs }) => {
      if (ms <= limitMs + toleranceMs) return;
      this.#watch.found("limit", `${what} took ${ms / 1000} s of ${limitMs / 1000} s`);
    });
  }

  #note(line: string): void {
    this.#history.push(`${((this.#clock.now() - someDay) / 1000).toFixed(2).padStart(10)} s  ${line}`);
  }
}
