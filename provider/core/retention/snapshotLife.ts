import { UserError } from "../errors";
import { applied, appliedKey, type Rules } from "../resource/diff";
import { argumentsOf, observed } from "../resource/field";
import type { Change, Context, Lifecycle, Properties } from "../resource/lifecycle";
import { placeIn, subject } from "../resource/object";
import { keeping, keptAs, only, stateAfter } from "../resource/partial";
import { defined } from "../values";
import { firstEnd } from "./begin";
import { judgeChange } from "./change";
import { wasOver } from "./clocks";
import { retentionDifferences } from "./differences";
import { lost, unclear, whyGone } from "./expiry";
import { checkNewRetention, checkRetention } from "./fields";
import { harmlessUntilDone, refuseDeletion } from "./guard";
import { heldEnd, withRestored } from "./held";
import { permitRetention } from "./permit";
import type { SnapshotInputs, SnapshotPort, SnapshotRef, SnapshotState } from "./snapshotPort";

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
  const rules: Rules = table.rules;
  const isLocal = (property: string) => table.locals.includes(property);
  /** @param state what holds it; an import holds nothing yet that it could lose */
  const ref = (id: string, state: Partial<State>): SnapshotRef => {
    return { kind: "snapshot", id, place: placeIn(state, port.placeOf) };
  };

  const changesOf = (olds: State, news: Partial<Inputs>) =>
    retentionDifferences(rules, olds, news, olds[port.createdKey] as string | undefined);

  const shown = (row: Row, state: State): State => {
    const now = port.shown(row);
    return { ...now, ...heldEnd(now.keptUntil, state) };
  };

  const asSeen = (row: Row, state: State): State => ({
    ...observed(table, shown(row, state), state),
    ...port.modeOf?.(row, state),
  });

  const clocks = (ctx: Context<Client>) => () => port.time(ctx).read(ctx.warn, ctx.signal);

  /** @param known the state with the end to hold on to where the server shows none */
  const shape = (ctx: Context<Client>, id: string, known: State) => ({
    locals: table.locals as (keyof Inputs & string)[],
    look: async () => shown(await objects.existing(ctx, ref(id, {})), known),
  });

  const whyMissing = async (ctx: Context<Client>, prior: State) =>
    prior.expired ? "expired" : whyGone(prior, clocks(ctx));

  const judgeDeletion = async (ctx: Context<Client>, id: string, row: Row | undefined, state: State) => {
    if (row === undefined || port.wasNeverMade(row, state)) return;
    const { holds } = ctx;
    // What the stack holds under this name by now is another object: this one was replaced before.
    const replacedBy = holds?.id === undefined || port.idOf(holds.id, ctx) === id ? undefined : holds.id;
    const removal = {
      verb: port.verbOf?.(state) ?? "deleted",
      forced: state.forceDelete || (replacedBy !== undefined && holds?.state?.forceDelete === true),
      replacedBy,
    } as const;
    await refuseDeletion(port.keptOf(row, state), removal, clocks(ctx));
  };

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
    if (why === "unclear") throw new UserError(unclear(what, olds, await clocks(ctx)(), next));
    throw new UserError(
      why === "lost" ? lost(what, olds, next) : `${what} is not there any more; run "pulumi refresh"`,
    );
  };

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
      const { id, known } = await port.create(inputs, keptUntil, ctx);
      const begun = { ...known, ...defined({ keptUntil }) } as Partial<State>;
      const of = shape(ctx, id, begun as State);
      const outputs = await keeping(keptAs(id, of, inputs, begun), async () => {
        const on = subject("snapshot", id, inputs.name);
        await objects.waitReady(ctx, on, { operation: "create", fresh: true, since });
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
      if (olds.expired) return updateExpired(olds, news, ctx);
      await permit(ctx, id, olds, news, []);
      const before = shape(ctx, id, olds);
      return keeping(keptAs(id, before, harmlessUntilDone(news, olds), olds), async () => {
        const row = await objects.ready(ctx, ref(id, olds));
        if (row === undefined) return updateMissing(id, olds, news, ctx);
        const seen = asSeen(row, olds);
        const changes = changesOf(seen, news);
        const kept = withRestored(port.keptOf(row, olds), olds, news);
        for (const warning of await judgeChange(kept, news, changes, clocks(ctx))) ctx.warn(warning);
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
