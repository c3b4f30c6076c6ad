import { z } from "zod";
import { UserError } from "../../provider/core/errors";
import { appliedKey } from "../../provider/core/resource/diff";
import { type InputsOf, type StateOf, table } from "../../provider/core/resource/field";
import { isOver, retentionFields, retentionOutputs, snapshotLife } from "../../provider/core/retention";
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

  /** The server's time in ms since the epoch: this much ahead of the clock here. */
  aheadMs = 3_600_000;

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

/** The life of the fake cloud's snapshots. */
export const fakeLife = snapshotLife<FakeSnapshots, Inputs, State, FakeRow>({
  table: fakeTable,
  objects: fakeObjects,
  createdKey: "created",
  idOf(id) {
    if (!/^\s*\d+$/.test(id)) throw new UserError(`"${id}" is no id`);
    return id.trim();
  },
  shown,
  modeOf: ({ reason }) => (reason === "strict" ? { retentionMode: "compliance" } : {}),
  keptOf: ({ id, keptUntil }, { retentionMode }) => ({
    what: `snapshot ${id}`,
    keptUntil,
    mode: retentionMode,
  }),
  wasNeverMade: ({ state, reason }) => state === "ERRED" && reason === "never made",
  isGoingByItself: ({ state, keptUntil }, now) => state === "DELETING" && isOver(keptUntil, now),
  knownNow: ({ client }) => client.serverNow(),
  now: async ({ client }) => client.serverNow(),
  placeOf: () => ({ project: "ours" }),
  async beforeRead({ client }, { what }) {
    client.calls.push(["before read", what]);
  },
  async create({ name }, keptUntil, { client }) {
    client.calls.push(["create", name, keptUntil]);
    const created = new Date(client.serverNow()).toISOString();
    client.put({ name, keptUntil, created, state: "CREATING" });
    return { id: "7", known: { created } };
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
});

/** A state without its prints. */
export function plain({ [appliedKey]: _, ...state }: State): Omit<State, typeof appliedKey> {
  return state;
}
