import { abortable } from "../../core/abortable";
import { ApiError, isAmbiguous, UserError } from "../../core/errors";
import { loneCreation } from "../../core/resource/creation";
import { isGeneratedName, type Mark, withoutMark } from "../../core/resource/mark";
import { subject } from "../../core/resource/object";
import { type Created, createOnce, type Sighting } from "../../core/resource/once/create";
import { isRecord, timestampOf } from "../../core/values";
import { restoreIn, type Started } from "../client";
import { type TrilioContext, trilioObjects, untilRestorable } from "../object";
import { sameReference } from "../references";
import { meaningOf } from "../states";
import { type Answered, timestamp, type WireRestore } from "../wire";
import { bodyOf, type RestoreRequest } from "./body";
import { kindOf, optionsOf, sameOptions } from "./wireOptions";

/** What to restore. */
export interface Order extends RestoreRequest {
  /** ID of the snapshot. */
  snapshot: string;
}

/**
 * Asks for a restore, exactly once; a snapshot that is busy is waited for. The API has no key of the caller's, so the
 * mark is in the options, which a server echoes. Whether all do is only inferred (contract, section 4): where one does
 * not, a restore that was not there before and was asked for in the same words is taken for this one.
 *
 * @throws UserError where there is no such snapshot, or where it does not hold an instance of the options
 */
export async function startRestore(
  ctx: TrilioContext,
  order: Order,
): Promise<Created<Answered<WireRestore>>> {
  const { client } = ctx;
  const creation = ctx.creation ?? loneCreation(ctx.identity, "trilio:SnapshotRestoration");
  const { mark } = creation;
  const start = new Start(ctx, order, mark, creation.digits);
  return createOnce<Answered<WireRestore>>(ctx, {
    what: start.what,
    creation,
    backend: "trilio",
    irrevocable: true,
    send: () => start.send(),
    read: (answer) => (isOwn(answer) ? answer.own : restoreIn(answer as Started)),
    find: () => start.find(),
    async left(again, noted) {
      // Those of all snapshots: the one that is declared by now need not be the one of then.
      const rows = await abortable(
        client.leftovers.get("", again, () => client.restores()),
        ctx.signal,
      );
      return rows
        .filter((each) => {
          const own = markOf(each);
          if (own) return own.resource === mark.resource;
          return noted.has(each.id) || (start.generated && start.isOfSnapshot(each) && start.mayBe(each));
        })
        .map((each) => ({
          object: each,
          id: each.id,
          stack: markOf(each)?.stack,
          nonce: markOf(each)?.nonce,
          what: `restore "${each.name ?? ""}" (${each.id})`,
          ageMs: client.service.now() - (timestampOf(timestamp(each.created_at) ?? "") ?? 0),
          differsIn: [
            ...(start.isOfSnapshot(each) ? [] : ["snapshot"]),
            ...(start.mayBe(each) ? [] : ["kind or name"]),
          ],
        }));
    },
    describe: ({ id, name, created_at }) => `restore "${name ?? ""}" (${id}, created ${created_at ?? "?"})`,
    idOf: ({ id }) => id,
    claimed: client.service.claimed,
    now: () => client.service.now(),
  });
}

/** What was found where a request was to be sent. */
interface Own {
  own: Answered<WireRestore>;
}

function isOwn(answer: unknown): answer is Own {
  return isRecord(answer) && "own" in answer;
}

class Start {
  readonly generated: boolean;
  /** Restores that were there before anything was sent. An appliance's clock need not be right, so ids tell. */
  #before: ReadonlySet<string> | undefined;
  /** Whether a request went out of which nobody knows what became. */
  #inDoubt = false;

  constructor(
    private readonly ctx: TrilioContext,
    private readonly order: Order,
    private readonly mark: Mark,
    digits: string,
  ) {
    this.generated = isGeneratedName(order.name, digits);
  }

  /** The restore in the user's words. */
  get what(): string {
    return `restore "${this.order.name ?? ""}"`;
  }

  /** Whether a restore is of the name and kind that are asked for. */
  mayBe({ name, restore_options }: WireRestore): boolean {
    const { name: wanted, kind } = this.order;
    return name?.trim() === wanted?.trim() && (kindOf(restore_options) ?? kind) === kind;
  }

  isOfSnapshot({ snapshot_id }: WireRestore): boolean {
    return sameReference(snapshot_id, this.order.snapshot);
  }

  /** Everything that can be what was asked for. */
  async find(): Promise<Sighting<WireRestore>> {
    const restores = await this.ctx.client.restores(this.order.snapshot, this.ctx.signal);
    const ours = restores.filter((each) => markOf(each)?.nonce === this.mark.nonce);
    if (ours.length > 0 || this.#before === undefined) return { ours, maybe: [] };
    const fresh = restores.filter((each) => !this.#before?.has(each.id) && !markOf(each) && this.mayBe(each));
    return { ours: fresh.filter((each) => this.#sameWords(each)), maybe: [] };
  }

  #sameWords({ description, restore_options }: WireRestore): boolean {
    const { kind, options, description: wanted = "" } = this.order;
    const words = [description, restore_options?.description];
    return (
      sameOptions(kind, optionsOf(restore_options), options) &&
      words.every((word) => word === undefined || word === wanted)
    );
  }

  async send(): Promise<Started | Own> {
    const { client } = this.ctx;
    for (;;) {
      // What a server does with a second restore of a snapshot is not public: ours come one after the other.
      const begun = await client.turns.take(this.order.snapshot, () => this.#try());
      if (!("busy" in begun)) return begun;
      if (begun.refused && this.ctx.timeoutMs <= 0) throw begun.refused;
      const of = subject("snapshot", this.order.snapshot, begun.busy);
      await trilioObjects.waitUntil(this.ctx, of, untilRestorable());
    }
  }

  async #try(): Promise<Started | Own | { busy: string | undefined; refused?: unknown }> {
    const { client, signal } = this.ctx;
    const id = this.order.snapshot;
    const snapshot = await trilioObjects.read(this.ctx, { kind: "snapshot", id });
    // What keeps the snapshot busy after a lost answer can be the restore that the lost request began.
    const own = this.#inDoubt ? await this.#own() : undefined;
    if (own) return { own };
    if (snapshot === undefined) throw missing(id);
    if (meaningOf(snapshot.status) !== "ready") return { busy: snapshot.name };
    const held = snapshot.instances?.map((instance) => instance.id) ?? [];
    refuseStrangers(this.order, held);
    this.#before ??= new Set((await client.restores(id, signal)).map((restore) => restore.id));
    const doubt = this.#inDoubt;
    this.#inDoubt = true;
    try {
      return await client.startRestore(id, bodyOf(this.order, held, this.mark), signal);
    } catch (error) {
      if (!isAmbiguous(error)) this.#inDoubt = doubt;
      if (error instanceof ApiError && error.status === 404 && error.json) throw missing(id, error);
      if (!trilioObjects.adapter.isBusyRefusal(error)) throw error;
      // A refusal of a snapshot that is at rest is meant; of a busy one it passes.
      const now = await trilioObjects.read(this.ctx, { kind: "snapshot", id });
      if (now === undefined || meaningOf(now.status) === "ready") throw error;
      return { busy: now.name, refused: error };
    }
  }

  /** What a request that is in doubt has made. */
  async #own(): Promise<WireRestore | undefined> {
    const { claimed } = this.ctx.client.service;
    return (await this.find()).ours.find(({ id }) => !claimed.has(id));
  }
}

/** The mark of a restore; `undefined` where it has none, or the server does not echo it. */
export function markOf({ description, restore_options }: WireRestore): Mark | undefined {
  const words = [restore_options?.description, description];
  return words.map((word = "") => withoutMark(word).mark).find((mark) => mark !== undefined);
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
