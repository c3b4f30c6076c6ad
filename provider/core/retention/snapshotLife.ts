import { UserError } from "../errors";
import { wrongArguments } from "../resource/check";
import { applied, appliedKey, type Rules } from "../resource/diff";
import { argumentsOf, observed } from "../resource/field";
import type { Change, Context, Lifecycle, Properties } from "../resource/lifecycle";
import { placeIn, subject } from "../resource/object";
import { keeping, keptAs, only, stateAfter } from "../resource/partial";
import { instantOf } from "../values";
import { firstKeptUntil, retentionDifferences } from "./differences";
import { endAfter } from "./duration";
import { lost, whyGone } from "./expiry";
import { checkNewRetention, checkRetention } from "./fields";
import { harmlessUntilDone, judgeChange, refuseDeletion } from "./guard";
import { endOf } from "./instants";
import { permitRetention } from "./permit";
import type { SnapshotInputs, SnapshotPort, SnapshotRef, SnapshotState } from "./snapshotPort";

/** The part of a lifecycle that is the same for every snapshot that is kept for a time. */
export type SnapshotLife<Client, Inputs extends Properties, State extends Properties> = Required<
  Pick<
    Lifecycle<Client, Inputs, State>,
    "check" | "checkNew" | "unechoed" | "diff" | "permit" | "create" | "read" | "update" | "delete"
  >
>;

/** The guarded life of a snapshot: made, read, expired or lost, changed, deleted, as its retention allows. */
export function snapshotLife<
  Client,
  Inputs extends SnapshotInputs,
  State extends SnapshotState,
  Row extends {
    name?: string | undefined;
  },
>(port: SnapshotPort<Client, Inputs, State, Row>): SnapshotLife<Client, Inputs, State> {
  const { table, objects } = port;
  const rules: Rules = table.rules;
  const isLocal = (property: string) => table.locals.includes(property);
  /** @param state what holds it; an import holds nothing yet that it could lose */
  const ref = (id: string, state: Partial<State>): SnapshotRef => {
    return { kind: "snapshot", id, place: placeIn(state, port.placeOf) };
  };

  const changesOf = (olds: State, news: Partial<Inputs>) =>
    retentionDifferences(rules, olds, news, olds[port.createdKey] as string | undefined);

  const asSeen = (row: Row, state: State): State => ({
    ...observed(table, port.shown(row), state),
    ...port.modeOf?.(row, state),
  });

  const shape = (ctx: Context<Client>, id: string) => ({
    locals: table.locals as (keyof Inputs & string)[],
    look: async () => port.shown(await objects.existing(ctx, ref(id, {}))),
  });

  const whyMissing = async (ctx: Context<Client>, prior: State) =>
    prior.expired ? "expired" : whyGone(prior, await port.now(ctx));

  const judgeDeletion = async (ctx: Context<Client>, row: Row | undefined, state: State) => {
    if (row === undefined || port.wasNeverMade(row)) return;
    const verb = port.verbOf?.(state) ?? "deleted";
    refuseDeletion(port.keptOf(row, state), verb, state.forceDelete, await port.now(ctx));
  };

  const permit = (
    ctx: Context<Client>,
    id: string,
    olds: State,
    news: Inputs,
    changes: readonly Change[],
  ): Promise<void> =>
    permitRetention(olds, news, changes, async () => {
      const row = await objects.read(ctx, ref(id, olds));
      const now = row && {
        kept: port.keptOf(row, olds),
        neverMade: port.wasNeverMade(row),
        changes: () => changesOf(asSeen(row, olds), news),
      };
      return { now, at: await port.now(ctx) };
    });

  /** The update of what the server has removed since its time was over: only the state is left to change. */
  const updateExpired = (olds: State, news: Inputs, ctx: Context<Client>): State => {
    const changes = changesOf(olds, news).filter(({ property }) => !isLocal(property));
    if (changes.length > 0) {
      const names = changes.map(({ property }) => property).join(", ");
      ctx.warn(
        `snapshot "${olds.name}" was kept until ${olds.keptUntil} and is gone, so ${names} changes nothing. Take it ` +
          'out of the program, or take a new one with "pulumi up --replace <urn>".',
      );
    }
    const shown = Object.entries(olds).filter(([property]) => !isLocal(property));
    const state = { ...Object.fromEntries(shown), ...only(news, table.locals), expired: true };
    return { ...state, [appliedKey]: applied(news) } as unknown as State;
  };

  /** The update of a snapshot that is not there. @throws UserError unless it went when its time was over */
  const updateMissing = async (
    id: string,
    olds: State,
    news: Inputs,
    ctx: Context<Client>,
  ): Promise<State> => {
    const { what } = subject("snapshot", id, olds.name);
    const why = await whyMissing(ctx, olds);
    if (why === "expired") return updateExpired(olds, news, ctx);
    const next = 'Run "pulumi refresh"; the next "pulumi up" takes a new one, of the volume as it is then.';
    throw new UserError(
      why === "lost" ? lost(what, olds, next) : `${what} is not there any more; run "pulumi refresh"`,
    );
  };

  /** Brings a snapshot that an earlier run has begun to what is declared now. */
  const bringUp = async (ctx: Context<Client>, id: string, news: Inputs) => {
    const row = await objects.existing(ctx, ref(id, {}));
    const state = port.shown(row);
    const counts = countsAlready(state.keptUntil, state[port.createdKey], news.retainFor);
    const before = asSeen(row, { ...state, ...(counts ? only(news, ["retainFor"]) : {}) });
    const changes = changesOf(before, news);
    for (const warning of judgeChange(port.keptOf(row, before), news, changes, await port.now(ctx)))
      ctx.warn(warning);
    await port.write(ctx, row, { changes, before, news });
  };

  /** Removes what a request that was repeated has made beside a snapshot. @throws where its retention forbids that */
  const removeExtra = async (ctx: Context<Client>, id: string, inputs: Inputs) => {
    const row = await objects.settled(ctx, ref(id, {}));
    if (row === undefined) return;
    const state = { ...port.shown(row), ...only(inputs, table.locals) };
    await judgeDeletion(ctx, row, state);
    await port.remove(ctx, row, state, (now) => judgeDeletion(ctx, now, state));
  };

  return {
    check: (news) => checkRetention(news),

    checkNew: (news, ctx) => checkNewRetention(news, port.knownNow(ctx)),

    // Nothing can be changed any more of what the server has removed.
    unechoed: (_news, olds) => (olds?.expired ? table.echoes : []),

    diff: changesOf,

    permit: (id, olds, news, changes, ctx) => permit(ctx, port.idOf(id, ctx), olds, news, changes),

    async create(inputs, ctx) {
      const since = ctx.clock.now();
      const keptUntil = await firstEnd(inputs, () => port.now(ctx));
      const { id, known, takenUp = false, finish } = await port.create(inputs, keptUntil, ctx);
      const of = shape(ctx, id);
      const settle = async () => {
        const on = subject("snapshot", id, inputs.name);
        await objects.waitReady(ctx, on, { operation: "create", fresh: true, since });
        if (takenUp) await bringUp(ctx, id, inputs);
      };
      const outputs = await keeping(keptAs(id, of, inputs, known), async () => {
        await (finish?.(settle, (extra) => removeExtra(ctx, extra, inputs)) ?? settle());
        return stateAfter(of, inputs);
      });
      return { id, outputs };
    },

    async read(given, ctx, prior = {}) {
      const state = prior as State;
      const id = port.idOf(given, ctx);
      const on = subject("snapshot", id, state.name);
      if (!state.expired) await port.beforeRead?.(ctx, on, state);
      // One that the stack keeps as expired stays what it is.
      const row = await objects.read(ctx, ref(id, state.expired ? {} : state));
      if (row === undefined) {
        const why = await whyMissing(ctx, state);
        if (why === "expired")
          return {
            id,
            inputs: argumentsOf<Inputs>(table, state),
            outputs: { ...state, expired: true },
          };
        const next = 'The next "pulumi up" takes a new one, of the volume as it is then.';
        if (why === "lost") ctx.warn(lost(on.what, state, next));
        return undefined;
      }
      const expired = port.isGoingByItself?.(row, await port.now(ctx)) ?? false;
      const outputs = { ...asSeen(row, state), expired };
      return { id, inputs: argumentsOf<Inputs>(table, outputs), outputs };
    },

    async update(given, olds, news, ctx) {
      const id = port.idOf(given, ctx);
      if (olds.expired) return updateExpired(olds, news, ctx);
      await permit(ctx, id, olds, news, []);
      const of = shape(ctx, id);
      return keeping(keptAs(id, of, harmlessUntilDone(news, olds), olds), async () => {
        const row = await objects.ready(ctx, ref(id, olds));
        if (row === undefined) return updateMissing(id, olds, news, ctx);
        const before = asSeen(row, olds);
        const changes = changesOf(before, news);
        const warnings = judgeChange(port.keptOf(row, olds), news, changes, await port.now(ctx));
        for (const warning of warnings) ctx.warn(warning);
        await port.write(ctx, row, { changes, before, news });
        return stateAfter(of, news);
      });
    },

    async delete(given, state, ctx) {
      const id = port.idOf(given, ctx);
      const row = await objects.settled(ctx, ref(id, state));
      if (row === undefined) {
        const { what } = subject("snapshot", id, state.name);
        const why = await whyMissing(ctx, state);
        if (why === "lost") ctx.warn(lost(what, state, "It leaves this stack now."));
        return;
      }
      await judgeDeletion(ctx, row, state);
      await port.remove(ctx, row, state, (now) => judgeDeletion(ctx, now, state));
    },
  };
}

/** The server's clock and ours may be so far apart, and its time of creation so long after the request. */
const aboutMs = 10 * 60_000;

/** Whether a retention is the declared duration from the creation on. */
function countsAlready(keptUntil: unknown, created: unknown, retainFor: string | undefined): boolean {
  const since = typeof created === "string" ? instantOf(created) : undefined;
  if (retainFor === undefined || since === undefined) return false;
  return Math.abs(endOf(keptUntil) - endAfter(since, retainFor)) < aboutMs;
}

/** The timestamp until which a new one is kept, by the server's clock. @throws UserError where it is past */
async function firstEnd(inputs: SnapshotInputs, now: () => Promise<number>): Promise<string | undefined> {
  if (inputs.keptUntil === undefined && inputs.retainFor === undefined) return undefined;
  const at = await now();
  const keptUntil = firstKeptUntil(inputs, at);
  const wrong = checkNewRetention({ keptUntil }, at);
  if (wrong.length > 0) throw wrongArguments(wrong);
  return keptUntil;
}
