import { z } from "zod";
import { UserError } from "../../provider/core/errors";
import { ServerClock } from "../../provider/core/http/serverClock";
import { Witnesses } from "../../provider/core/http/witnesses";
import { appliedKey } from "../../provider/core/resource/diff";
import { type InputsOf, type StateOf, table } from "../../provider/core/resource/field";
import {
  declaresRetention,
  knownEnd,
  retentionFields,
  retentionOutputs,
  snapshotLife,
} from "../../provider/core/retention";
import type { SnapshotPort } from "../../provider/core/retention/snapshotPort";
import { FakeCloud, type FakeRow, fakeObjects } from "./fakeCloud";

/** Arguments and outputs of a snapshot of the fake cloud. */
const fakeTable = table(
  {
    source: { schema: z.string(), wire: "source", onChange: "replace", kept: "echo" },
    name: { schema: z.string().optional(), wire: "name", onChange: "update", kept: "echo" },
    ...retentionFields("kept_until"),
  },
  z.object({ created: z.string().optional(), state: z.string().optional(), ...retentionOutputs }),
);

/** Arguments of a snapshot. */
export type Inputs = InputsOf<typeof fakeTable>;
/** State of a snapshot. */
export type State = StateOf<typeof fakeTable>;

/** A cloud whose snapshots are kept for a time, and what is asked of it. */
export class FakeSnapshots extends FakeCloud {
  /** What was written and removed, in order. */
  readonly calls: [call: string, ...what: unknown[]][] = [];
  /** Called with what a deletion has found before it removes. */
  beforeRemoval: () => Promise<void> = async () => undefined;

  /** What an earlier run has left, which the next creation takes up. */
  left: FakeRow | undefined;
  /** The id of what the next creation has made beside the snapshot. */
  extra: string | undefined;

  /** How far the server's clock is ahead of the one here, in ms. */
  aheadMs = 600_000;
  /** How far the next answers of the server are off its clock, in ms; `null`: one that tells no time. */
  readonly wrongAnswers: (number | null)[] = [];
  readonly #serverClock = new ServerClock(this.clock);
  /** How often the server was asked for its time. */
  asked = 0;
  readonly time = new Witnesses({
    title: "the fake cloud",
    local: this.clock,
    service: () => this.#serverClock,
    ask: async () => {
      this.asked += 1;
      this.answer();
    },
  });

  /** Every answer of the server tells its time. */
  answer(): void {
    const off = this.wrongAnswers.shift();
    if (off !== null) this.#serverClock.note(this.serverNow() + (off ?? 0));
  }

  override now(id: string): FakeRow | undefined {
    this.answer();
    return super.now(id);
  }

  serverNow(): number {
    return this.clock.now() + this.aheadMs;
  }

  /** An instant so many days from the server's present. */
  inDays(days: number): string {
    return new Date(this.serverNow() + days * 86_400_000).toISOString().replace(".000Z", "Z");
  }
}

function shown({ id: _id, reason: _reason, ...row }: FakeRow): State {
  return { source: "v", ...row, expired: false };
}

/** What the fake cloud says of its snapshots. */
export const fakePort: SnapshotPort<FakeSnapshots, Inputs, State, FakeRow> = {
  table: fakeTable,
  objects: fakeObjects,
  createdKey: "created",
  idOf(id) {
    if (!/^\s*\d+$/.test(id)) throw new UserError(`"${id}" is no id`);
    return id.trim();
  },
  shown,
  modeOf: ({ reason }) => (reason === "strict" ? { retentionMode: "compliance" } : {}),
  keptOf: ({ id, keptUntil }, state) => ({
    what: `snapshot ${id}`,
    keptUntil,
    known: knownEnd(state),
    declared: declaresRetention(state),
    mode: state.retentionMode,
  }),
  wasNeverMade: ({ state, reason }) => state === "ERRED" && reason === "never made",
  isBeingRemoved: ({ state }) => state === "DELETING",
  time: ({ client }) => client.time,
  placeOf: () => ({ project: "ours" }),
  async beforeRead({ client }, { what }) {
    client.calls.push(["before read", what]);
  },
  async create({ name }, keptUntil, { client }) {
    client.calls.push(["create", name, keptUntil]);
    const created = new Date(client.serverNow()).toISOString();
    if (client.left === undefined) client.put({ name, keptUntil, created, state: "CREATING" });
    return {
      object: { id: "7", known: { created } },
      takenUp: client.left !== undefined,
      async finish(run, remove) {
        const result = await run();
        if (client.extra !== undefined) await remove({ id: client.extra, known: { name: "beside" } });
        return result;
      },
    };
  },
  async write({ client }, row, { changes, before, news }) {
    const values = Object.fromEntries(changes.map(({ property, wanted }) => [property, wanted]));
    client.calls.push(["write", row.id, values, before.name, news.name]);
    const { keptUntil = row.keptUntil, name = row.name } = values as Partial<FakeRow>;
    client.put({ ...row, name, keptUntil: keptUntil ?? undefined });
  },
  verbOf: ({ name }) => (name === "unlinked" ? "unlinked" : "deleted"),
  async remove({ client }, row, state, judge) {
    await client.beforeRemoval();
    await judge(client.now(row.id));
    client.calls.push(["remove", row.id, state.name]);
    client.rows.delete(row.id);
  },
};

/** The life of the fake cloud's snapshots. */
export const fakeLife = snapshotLife(fakePort);

/** A state without its prints. */
export function plain({ [appliedKey]: _, ...state }: State): Omit<State, typeof appliedKey> {
  return state;
}
