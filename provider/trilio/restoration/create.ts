import { ApiError, isAmbiguous, UserError } from "../../core/errors";
import { subject } from "../../core/resource/object";
import { createOnce } from "../../core/resource/once";
import { type TrilioContext, trilioObjects, untilRestorable } from "../object";
import { meaningOf } from "../states";
import type { Answered, WireRestore } from "../wire";
import { bodyOf, type RestoreRequest } from "./body";
import { kindOf } from "./wireOptions";

/** What to restore. */
export interface Order extends RestoreRequest {
  /** ID of the snapshot. */
  snapshot: string;
}

/**
 * Asks for a restore, exactly once; a snapshot that is busy is waited for. The API takes no key by which a repetition
 * could be known, so after a lost answer the restores of the snapshot are looked through: for one of this name and
 * kind that was not there before.
 *
 * @throws UserError where there is no such snapshot, or where it does not hold an instance of the options
 */
export async function startRestore(ctx: TrilioContext, order: Order): Promise<Answered<WireRestore>> {
  const { client, clock, signal } = ctx;
  const start = new Start(ctx, order);
  return createOnce<Answered<WireRestore>>({
    what: start.what,
    attempt: () => start.attempt(),
    find: () => start.find(),
    describe: ({ id, name, created_at }) => `restore "${name ?? ""}" (${id}, created ${created_at ?? "?"})`,
    idOf: ({ id }) => id,
    claimed: client.service.claimed,
    clock,
    timeoutMs: ctx.timeoutMs,
    signal,
  });
}

class Start {
  /** Restores that were there before anything was sent. An appliance's clock need not be right, so ids tell. */
  #before: ReadonlySet<string> | undefined;
  /** Whether a request went out of which nobody knows what became. */
  #inDoubt = false;

  constructor(
    private readonly ctx: TrilioContext,
    private readonly order: Order,
  ) {}

  /** The restore in the user's words. */
  get what(): string {
    return `restore "${this.order.name ?? ""}"`;
  }

  /** Everything that can be what was asked for. */
  async find(): Promise<WireRestore[]> {
    const { snapshot, name, kind } = this.order;
    if (this.#before === undefined) return [];
    const restores = await this.ctx.client.restores(snapshot, this.ctx.signal);
    const mine = (each: WireRestore) =>
      each.name?.trim() === name?.trim() && (kindOf(each.restore_options) ?? kind) === kind;
    return restores.filter((each) => !this.#before?.has(each.id) && mine(each));
  }

  async attempt(): Promise<Answered<WireRestore>> {
    const { client } = this.ctx;
    for (;;) {
      // What a server does with a second restore of a snapshot is not public: ours come one after the other.
      const begun = await client.inTurn(this.order.snapshot, () => this.#try());
      if (!("busy" in begun)) return begun;
      if (begun.refused && this.ctx.timeoutMs <= 0) throw begun.refused;
      const of = subject("snapshot", this.order.snapshot, begun.busy);
      await trilioObjects.waitUntil(this.ctx, of, untilRestorable());
    }
  }

  async #try(): Promise<Answered<WireRestore> | { busy: string | undefined; refused?: unknown }> {
    const { client, signal } = this.ctx;
    const id = this.order.snapshot;
    const snapshot = await trilioObjects.read(this.ctx, { kind: "snapshot", id });
    // What keeps the snapshot busy after a lost answer can be the restore that the lost request began.
    const own = await this.#own();
    if (own) return own;
    if (snapshot === undefined) throw missing(id);
    if (meaningOf(snapshot.status) !== "ready") return { busy: snapshot.name };
    const held = snapshot.instances?.map((instance) => instance.id) ?? [];
    refuseStrangers(this.order, held);
    this.#before ??= new Set((await client.restores(id, signal)).map((restore) => restore.id));
    try {
      return await client.startRestore(id, bodyOf(this.order, held), signal);
    } catch (error) {
      this.#inDoubt ||= isAmbiguous(error);
      if (error instanceof ApiError && error.status === 404) throw missing(id, error);
      if (!trilioObjects.adapter.isBusyRefusal(error)) throw error;
      // A refusal of a snapshot that is at rest is meant; of a busy one it passes.
      const now = await trilioObjects.read(this.ctx, { kind: "snapshot", id });
      if (now === undefined || meaningOf(now.status) === "ready") throw error;
      return { busy: now.name, refused: error };
    }
  }

  /** What a request that is in doubt has made. @throws UserError where that cannot be told */
  async #own(): Promise<WireRestore | undefined> {
    if (!this.#inDoubt) return undefined;
    const { claimed } = this.ctx.client.service;
    const [own, ...others] = (await this.find()).filter(({ id }) => !claimed.has(id));
    if (others.length === 0) return own;
    throw new UserError(
      `${this.what}: the answer was lost, and there is more than one that it may have made`,
    );
  }
}

function refuseStrangers({ options, snapshot }: Order, held: readonly string[]): void {
  const strangers = (options?.instances ?? []).map(({ id }) => id).filter((id) => !held.includes(id));
  // A server that does not say what the snapshot holds leaves nothing to compare with.
  if (held.length === 0 || strangers.length === 0) return;
  throw new UserError(
    `snapshot ${snapshot} does not hold ${strangers.join(", ")}; it holds ${held.join(", ")}`,
    "options.instances",
  );
}

function missing(snapshot: string, answer?: ApiError): UserError {
  const now = answer ? " any more" : "";
  const words = answer ? ` (${answer.message})` : "";
  return new UserError(
    `there is no snapshot ${snapshot}${now}; Trilio's retention may have removed it: ` +
      `"getSnapshots" lists what is there${words}`,
    "snapshot",
  );
}
