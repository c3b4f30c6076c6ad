import type { Readings } from "../http/witnesses";
import type { Difference } from "../resource/diff";
import { observed } from "../resource/field";
import type { Context } from "../resource/lifecycle";
import { placeIn } from "../resource/object";
import type { stateAfter } from "../resource/partial";
import { retentionDifferences } from "./differences";
import { whyGone } from "./expiry";
import { refuseDeletion } from "./guard";
import { heldEnd } from "./held";
import type { SnapshotInputs, SnapshotPort, SnapshotRef, SnapshotState } from "./snapshotPort";

/** How a kept snapshot is seen: by the server's row and by what only the state knows of it. */
export class SnapshotSight<
  Client,
  Inputs extends SnapshotInputs,
  State extends SnapshotState,
  Row extends { name?: string | undefined },
> {
  constructor(readonly port: SnapshotPort<Client, Inputs, State, Row>) {}

  /** @param state what holds it; an import holds nothing yet that it could lose */
  ref(id: string, state: Partial<State>): SnapshotRef {
    return { kind: "snapshot", id, place: placeIn(state, this.port.placeOf) };
  }

  /** Whether an argument is kept in the state alone. */
  isLocal(property: string): boolean {
    return this.port.table.locals.includes(property);
  }

  /** What differs from what is declared. */
  changesOf(olds: State, news: Partial<Inputs>): Difference[] {
    const { table, createdKey } = this.port;
    return retentionDifferences(table.rules, olds, news, olds[createdKey] as string | undefined);
  }

  /** What a row shows; the end that the state knows where the server shows none. */
  shown(row: Row, state: State): State {
    const now = this.port.shown(row);
    return { ...now, ...heldEnd(now.keptUntil, state) };
  }

  /** The same with what only the state knows. */
  asSeen(row: Row, state: State): State {
    const { table, modeOf } = this.port;
    return { ...observed(table, this.shown(row, state), state), ...modeOf?.(row, state) };
  }

  /** Reads all clocks. */
  clocks(ctx: Context<Client>): () => Promise<Readings> {
    return () => this.port.time(ctx).read(ctx.warn, ctx.signal);
  }

  /** How its state is made. @param known the state with the end to hold on to where the server shows none */
  shape(ctx: Context<Client>, id: string, known: State): Parameters<typeof stateAfter<Inputs, State>>[0] {
    const { table, objects } = this.port;
    return {
      locals: table.locals as (keyof Inputs & string)[],
      look: async () => this.shown(await objects.existing(ctx, this.ref(id, {})), known),
    };
  }

  /** Why it is not there. */
  async whyMissing(ctx: Context<Client>, prior: State): ReturnType<typeof whyGone> {
    return prior.expired ? "expired" : whyGone(prior, this.clocks(ctx));
  }

  /** @throws UserError where its retention forbids that it goes */
  async judgeDeletion(ctx: Context<Client>, id: string, row: Row | undefined, state: State): Promise<void> {
    const { port } = this;
    if (row === undefined || port.wasNeverMade(row, state)) return;
    const { holds } = ctx;
    // What the stack holds under this name by now is another object: this one was replaced before.
    const replacedBy = holds?.id === undefined || port.idOf(holds.id, ctx) === id ? undefined : holds.id;
    const removal = {
      verb: port.verbOf?.(state) ?? "deleted",
      forced: state.forceDelete || (replacedBy !== undefined && holds?.state?.forceDelete === true),
      replacedBy,
    } as const;
    await refuseDeletion(port.keptOf(row, state), removal, this.clocks(ctx));
  }
}
