import { UserError } from "../../core/errors";
import { differences, unreadyKey } from "../../core/resource/diff";
import { argumentsOf, observed } from "../../core/resource/field";
import type { CheckFailure, Lifecycle } from "../../core/resource/lifecycle";
import { type Place, placeIn, subject } from "../../core/resource/object";
import { type KnownObject, keeping, keptAs, only, stateAfter } from "../../core/resource/partial";
import { defined, hasUnknown } from "../../core/values";
import { trilio } from "../backend";
import type { TrilioClient } from "../client";
import { type TrilioContext, trilioObjects } from "../object";
import { idOf } from "../references";
import { meaningOf } from "../states";
import type { WireRestore } from "../wire";
import { startRestore } from "./create";
import { removeRestore } from "./delete";
import { checkOptions } from "./options";
import { rowOf } from "./row";
import { restorationTable, type SnapshotRestorationInputs, type SnapshotRestorationState } from "./schema";
import { waitRestored } from "./wait";

/** Two hours: a restore copies whole disks. */
const longSeconds = 7200;

/** A restore of a snapshot of whole instances; its id is the restore's. */
export const snapshotRestorationLifecycle: Lifecycle<
  TrilioClient,
  SnapshotRestorationInputs,
  SnapshotRestorationState
> = {
  type: "trilio:SnapshotRestoration",
  description: "A restore of a Trilio snapshot: one-click, selective or in-place.",
  backend: trilio,
  ...restorationTable,
  timeouts: { create: longSeconds, update: longSeconds, delete: longSeconds },
  facts: {
    sizePerGib: 2 ** 30,
    created: "createdAt",
    status: "status",
    volumeType: { argument: "newVolumeType", within: "options" },
    overwrites: { argument: "kind", value: "in-place" },
  },
  autoName: { property: "name", longest: 255 },

  check(news) {
    const { kind, options, confirmOverwrite } = news;
    const failures: CheckFailure[] = kind === undefined ? [] : checkOptions(kind, options);
    if (kind === "in-place" && confirmOverwrite !== true && !hasUnknown(confirmOverwrite)) {
      failures.push({
        property: "confirmOverwrite",
        reason:
          "an in-place restore overwrites the data of the original instances for good: " +
          "set confirmOverwrite: true to say that this is meant",
      });
    }
    return failures;
  },

  diff: (olds, news) => differences(restorationTable.rules, olds, news),

  async create(inputs, ctx) {
    const order = { ...inputs, snapshot: idOf(inputs.snapshot) };
    const { object: begun, finish } = await startRestore(ctx, order);
    const { id, requestId: startedBy } = begun;
    const { createdAt, ...others } = shown(begun);
    // Later answers leave out the fraction.
    const first = { ...others, createdAt: createdAt?.replace(/\.\d+/, "") };
    const of = shape(ctx, id);
    const settle = () =>
      waitRestored(ctx, { id, name: inputs.name, onInterrupt: inputs.onInterrupt, startedBy });
    const outputs = await keeping(unready(keptAs(id, of, order, defined(first))), async () => {
      await finish(settle, async () => {
        throw new UserError("nothing undoes a restore: delete what it has restored");
      });
      return stateAfter(of, order);
    });
    return { id, outputs };
  },

  async read(id, ctx, prior) {
    const place = placeIn(prior, placeOf);
    const restore = await trilioObjects.read(ctx, subject("restore", idOf(id), prior?.name, place));
    if (restore === undefined) return undefined;
    const now = await whole(ctx, restore, prior);
    const { confirmOverwrite } = confirmed(now, prior?.confirmOverwrite);
    const outputs = observed(restorationTable, now, { ...prior, confirmOverwrite });
    return {
      id: restore.id,
      inputs: argumentsOf<SnapshotRestorationInputs>(restorationTable, outputs),
      outputs: { ...outputs, ...only(prior ?? {}, [unreadyKey]) },
    };
  },

  async update(id, olds, news, ctx) {
    const of = shape(ctx, id, olds);
    return keeping(unready(keptAs(id, of, news, olds)), async () => {
      const now = await trilioObjects.existing(ctx, { kind: "restore", id });
      const failed = [now.status, olds.status].every((status) => meaningOf(status) === "failed");
      // One that was imported as failed is what it is.
      if (failed && !olds[unreadyKey]) return stateAfter(of, news);
      // Any other fails again here, with its reason: nothing is restored a second time unasked.
      await waitRestored(ctx, { id, name: now.name, onInterrupt: news.onInterrupt });
      return stateAfter(of, news);
    });
  },

  async delete(id, state, ctx) {
    if (state.onDestroy === "keep-record") return;
    await removeRestore(ctx, id, placeOf(state));
  },
};

function placeOf({ projectId, createdAt }: Partial<SnapshotRestorationState>): Place {
  return { project: projectId, created: createdAt };
}

/** What is kept of a restore that has not succeeded says so. */
function unready({ id, outputs, fallback }: KnownObject): KnownObject {
  const mark = { [unreadyKey]: true };
  return {
    id,
    outputs: async () => ({ ...(await outputs()), ...mark }),
    fallback: { ...fallback, ...mark },
  };
}

const shape = (ctx: TrilioContext, id: string, prior?: SnapshotRestorationState) => ({
  locals: restorationTable.locals,
  look: async () => whole(ctx, await trilioObjects.existing(ctx, { kind: "restore", id }), prior),
});

/** A restore with its metadata, which only the list shows; asked for once, since it does not change after the end. */
async function whole(
  ctx: TrilioContext,
  restore: WireRestore,
  prior?: Partial<SnapshotRestorationState>,
): Promise<SnapshotRestorationState> {
  const row = shown(restore);
  const known = row.metadata ?? prior?.metadata;
  if (known !== undefined || !trilioObjects.isSettled("restore", restore))
    return defined({ ...row, metadata: known });
  const listed = await ctx.client.restores(restore.snapshot_id, ctx.signal).catch(() => []);
  const twin = listed.find(({ id }) => id === restore.id);
  return defined({ ...row, metadata: (twin && rowOf(twin).metadata) ?? {} });
}

function shown(restore: WireRestore): SnapshotRestorationState {
  const { id: _id, userId: _user, ...row } = rowOf(restore);
  return row;
}

/** The arguments that declare a restore exactly as it is. */
export function inputsOf(restore: WireRestore): Partial<SnapshotRestorationInputs> {
  return argumentsOf<SnapshotRestorationInputs>(restorationTable, confirmed(shown(restore), undefined));
}

/** Whoever made an in-place restore has overwritten: there is nothing left to confirm. */
function confirmed<State extends SnapshotRestorationState>(state: State, prior: boolean | undefined): State {
  const confirmOverwrite = prior ?? (state.kind === "in-place" ? true : undefined);
  return { ...state, confirmOverwrite };
}
