import { UserError } from "../errors";
import { argumentsOf } from "../resource/field";
import { asObserved } from "../resource/ignored";
import type { Change, Context, Lifecycle, Properties } from "../resource/lifecycle";
import { subject } from "../resource/object";
import { keeping, keptAs, stateAfter } from "../resource/partial";
import { defined } from "../values";
import { firstEnd } from "./begin";
import { judgeChange } from "./change";
import { wasOver } from "./clocks";
import { lost, unclear } from "./expiry";
import { checkNewRetention, checkRetention } from "./fields";
import { harmlessUntilDone, refuseDeletion } from "./guard";
import { withRestored } from "./held";
import { permitRetention } from "./permit";
import { updateExpired, updateMissing } from "./snapshotMissing";
import type { SnapshotInputs, SnapshotPort, SnapshotState } from "./snapshotPort";
import { SnapshotSight } from "./snapshotSight";
import { bringUp, removeExtra } from "./takenUp";

/** The part of a lifecycle that is the same for every snapshot that is kept for a time. */
export type SnapshotLife<Client, Inputs extends Properties, State extends Properties> = Required<
  Pick<
    Lifecycle<Client, Inputs, State>,
    | "check"
    | "checkNew"
    | "unechoed"
    | "diff"
    | "permit"
    | "permitReplacement"
    | "create"
    | "read"
    | "update"
    | "delete"
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
  const sight = new SnapshotSight(port);
  const ref = sight.ref.bind(sight);
  const changesOf = sight.changesOf.bind(sight);
  const asSeen = sight.asSeen.bind(sight);
  const clocks = sight.clocks.bind(sight);
  const shape = sight.shape.bind(sight);
  const whyMissing = sight.whyMissing.bind(sight);
  const judgeDeletion = sight.judgeDeletion.bind(sight);

  const permitReplacement = async (ctx: Context<Client>) => {
    const { id, state = {} } = ctx.replacing ?? {};
    const row =
      id === undefined ? undefined : await objects.read(ctx, ref(port.idOf(id, ctx), state as State));
    if (row === undefined || port.wasNeverMade(row, state as State)) return;
    const kept = port.keptOf(row, state as State);
    await refuseDeletion(kept, { verb: "replaced", forced: (state as State).forceDelete }, clocks(ctx));
  };

  const look = async (ctx: Context<Client>, id: string, olds: State, news: Inputs) => {
    const row = await objects.read(ctx, ref(id, olds));
    return (
      row && {
        kept: withRestored(port.keptOf(row, olds), olds, news),
        wanted: asObserved(news, asSeen(row, olds)),
        neverMade: port.wasNeverMade(row, olds),
        changes: () => changesOf(asSeen(row, olds), news),
      }
    );
  };

  const permit = (
    ctx: Context<Client>,
    id: string,
    olds: State,
    news: Inputs,
    changes: readonly Change[],
  ): Promise<void> => permitRetention(olds, news, changes, () => look(ctx, id, olds, news), clocks(ctx));

  return {
    check: (news) => checkRetention(news),

    checkNew: (news, ctx) => checkNewRetention(news, port.time(ctx).known()),

    // Nothing can be changed any more of what the server has removed.
    unechoed: (_news, olds) => (olds?.expired ? table.echoes : []),

    diff: changesOf,

    permit: (id, olds, news, changes, ctx) => permit(ctx, port.idOf(id, ctx), olds, news, changes),

    permitReplacement,

    async create(inputs, ctx) {
      const since = ctx.clock.now();
      const keptUntil = await firstEnd(inputs, clocks(ctx));
      const { object, takenUp, finish } = await port.create(inputs, keptUntil, ctx);
      const { id, known } = object;
      const begun = { ...known, ...defined({ keptUntil }) } as Partial<State>;
      const of = shape(ctx, id, begun as State);
      const settle = async () => {
        const on = subject("snapshot", id, inputs.name);
        await objects.waitReady(ctx, on, { operation: "create", fresh: true, since });
        if (takenUp) await bringUp(sight, ctx, id, inputs);
      };
      const outputs = await keeping(keptAs(id, of, inputs, begun), async () => {
        await finish(settle, (extra) => removeExtra(sight, ctx, extra, { ...inputs, ...known }));
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
        if (why === "unclear")
          throw new UserError(
            unclear(on.what, state, await clocks(ctx)(), "Nothing is changed until it is."),
          );
        if (why === "lost") ctx.warn(lost(on.what, state, next));
        return undefined;
      }
      const going = port.isBeingRemoved?.(row) ?? false;
      const expired = going && wasOver(port.keptOf(row, state), await clocks(ctx)()) === true;
      const outputs = { ...asSeen(row, state), expired };
      return { id, inputs: argumentsOf<Inputs>(table, outputs), outputs };
    },

    async update(given, olds, news, ctx) {
      const id = port.idOf(given, ctx);
      if (olds.expired) return updateExpired(sight, olds, news, ctx);
      await permit(ctx, id, olds, news, []);
      const before = shape(ctx, id, olds);
      return keeping(keptAs(id, before, harmlessUntilDone(news, olds), olds), async () => {
        const row = await objects.ready(ctx, ref(id, olds));
        if (row === undefined) return updateMissing(sight, id, olds, news, ctx);
        const seen = asSeen(row, olds);
        const changes = changesOf(seen, news);
        const kept = withRestored(port.keptOf(row, olds), olds, news);
        for (const warning of await judgeChange(kept, asObserved(news, seen), changes, clocks(ctx)))
          ctx.warn(warning);
        await port.write(ctx, row, { changes, before: seen, news });
        const end = changes.find(({ property }) => property === "keptUntil");
        return stateAfter(end ? shape(ctx, id, { keptUntil: end.wanted } as State) : before, news);
      });
    },

    async delete(given, state, ctx) {
      const id = port.idOf(given, ctx);
      const row = await objects.settled(ctx, ref(id, state));
      if (row === undefined) {
        const { what } = subject("snapshot", id, state.name);
        const why = await whyMissing(ctx, state);
        const next = "It leaves this stack now.";
        if (why === "lost") ctx.warn(lost(what, state, next));
        if (why === "unclear") ctx.warn(unclear(what, state, await clocks(ctx)(), next));
        return;
      }
      await judgeDeletion(ctx, id, row, state);
      await port.remove(ctx, row, state, (now) => judgeDeletion(ctx, id, now, state));
    },
  };
}
