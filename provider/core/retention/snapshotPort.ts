import type { Witnesses } from "../http/witnesses";
import type { Difference, Rules } from "../resource/diff";
import type { Fields } from "../resource/field";
import type { Context, Properties } from "../resource/lifecycle";
import type { ObjectRef, Place, Subject, Waiting } from "../resource/object";
import type { Created } from "../resource/once/create";
import type { Observed } from "./differences";
import type { RetentionInputs } from "./fields";
import type { Kept } from "./kept";

/** Arguments of a snapshot that is kept for a time. */
export type SnapshotInputs = Properties & Partial<RetentionInputs> & { name?: string | undefined };

/** State of a snapshot that is kept for a time. */
export type SnapshotState = Observed & { name?: string | undefined };

/** Names a snapshot. */
export type SnapshotRef = ObjectRef<"snapshot">;

/** What a change of a snapshot consists of. */
interface SnapshotChange<State> {
  changes: readonly Difference[];
  /** As it was read, with what only the state knows. */
  before: State;
  news: Properties;
}

/** A snapshot that was asked for. */
export interface Asked<State> {
  id: string;
  /** What is known of it by now. */
  known: Partial<State>;
}

/** What a backend says of its snapshots. Everything that guards them is in `snapshotLife`. */
export interface SnapshotPort<Client, Inputs extends SnapshotInputs, State extends SnapshotState, Row> {
  table: { fields: Fields; rules: Rules; locals: readonly string[]; echoes: readonly string[] };
  objects: {
    read(ctx: Context<Client>, of: SnapshotRef): Promise<Row | undefined>;
    existing(ctx: Context<Client>, of: SnapshotRef): Promise<Row>;
    settled(ctx: Context<Client>, of: SnapshotRef): Promise<Row | undefined>;
    ready(ctx: Context<Client>, of: SnapshotRef): Promise<Row | undefined>;
    waitReady(ctx: Context<Client>, on: Subject<"snapshot">, waiting: Waiting): Promise<void>;
  };
  /** The output that says when it was made. */
  createdKey: string;
  /** The server's spelling of an id. @throws UserError for what is none */
  idOf(id: string, ctx: Context<Client>): string;
  /** What it shows, its retention included. */
  shown(row: Row): State;
  /** Its mode where the server keeps one: the stricter of that and the state's. */
  modeOf?(row: Row, state: Observed): Pick<Observed, "retentionMode">;
  /** Its retention as the guard sees it. */
  keptOf(row: Row, state: Observed): Kept;
  /**
   * It is certain that its creation failed and left nothing that could be kept.
   *
   * @param state what is known of it from before
   */
  wasNeverMade(row: Row, state: State): boolean;
  /** Whether it is being removed; a server that does so by itself when its retention is over has this. */
  isBeingRemoved?(row: Row): boolean;
  /** All clocks that are known of. */
  time(ctx: Context<Client>): Witnesses;
  /** Where it is, by what the state knows: what tells "gone" from "not to be seen". */
  placeOf(prior: Partial<State>): Place;
  /** Before a refresh. */
  beforeRead?(ctx: Context<Client>, on: Subject<"snapshot">, prior: State): Promise<void>;
  /** Asks for it, exactly once. */
  create(inputs: Inputs, keptUntil: string | undefined, ctx: Context<Client>): Promise<Created<Asked<State>>>;
  /** Writes what differs. @param row as it was just read, ready */
  write(ctx: Context<Client>, row: Row, change: SnapshotChange<State>): Promise<void>;
  /** What a deletion is to messages. */
  verbOf?(state: State): "deleted" | "unlinked";
  /**
   * Deletes it and waits until it is gone.
   *
   * @param row as it was just read, with nothing going on
   * @param judge to be called again with what is read after a wait; throws where its retention forbids it
   */
  remove(
    ctx: Context<Client>,
    row: Row,
    state: State,
    judge: (now: Row | undefined) => Promise<void>,
  ): Promise<void>;
}
