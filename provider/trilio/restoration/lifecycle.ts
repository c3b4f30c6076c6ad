import { z } from "zod";
import { UserError } from "../../core/errors";
import {
  appliedKey,
  differences,
  localRule,
  type Rules,
  replacing,
  type State,
  sameString,
  unreadyKey,
} from "../../core/resource/diff";
import type { CheckFailure, Lifecycle } from "../../core/resource/lifecycle";
import { type Kept, keeping, keptAs, type Shape, stateAfter } from "../../core/resource/partial";
import { defined, hasUnknown } from "../../core/values";
import { trilio } from "../backend";
import type { TrilioClient } from "../client";
import { idOf, reference, sameReference } from "../references";
import { isFailed, isSettled } from "../statuses";
import type { TrilioContext } from "../waits";
import { sameOptions } from "./body";
import { startRestore } from "./create";
import { confirmGone, removeRestore, waitRestored } from "./end";
import { checkOptions, type RestoreKind, restoreKind, restoreOptions } from "./options";
import { type RestoreRow, restoreRow, rowOf } from "./row";

/** Two hours: a restore copies whole disks. */
const longMs = 7200;

/** Arguments of a restore. API pages: One Click, Selective and Inplace Restore. */
export const snapshotRestorationInputs = z.object({
  snapshot: reference("ID of the snapshot to restore. A snapshot that is removed later changes nothing."),
  kind: restoreKind,
  name: z
    .string()
    .min(1, "it is empty")
    .max(255, "it has more than 255 characters")
    .describe("Name of the restore. Default: the resource's name and 7 hex digits.")
    .optional(),
  description: z
    .string()
    .max(255, "it has more than 255 characters")
    .describe("Description of the restore")
    .optional(),
  options: restoreOptions.optional(),
  confirmOverwrite: z
    .boolean()
    .describe("Has to be true for an in-place restore: it overwrites the data of the original instances.")
    .optional(),
  onInterrupt: z
    .enum(["leave", "cancel"], { message: 'expected "leave" or "cancel"' })
    .describe(
      'What becomes of a running restore when the wait for it is interrupted or out of time. Default: "leave".',
    )
    .meta({ default: "leave" })
    .optional(),
  onDestroy: z
    .enum(["delete-record", "keep-record"], { message: 'expected "delete-record" or "keep-record"' })
    .describe(
      'What becomes of the record of the restore when this is destroyed. What was restored always stays. Default: "delete-record".',
    )
    .meta({ default: "delete-record" })
    .optional(),
});

/** What a restore is. API page: Get Restore. */
export const snapshotRestorationOutputs = restoreRow
  .omit({ id: true, userId: true })
  .required({ snapshot: true, name: true, kind: true });

/** Arguments after the check. */
export type SnapshotRestorationInputs = z.output<typeof snapshotRestorationInputs>;
/** State: the restore as the server said last. */
export type SnapshotRestorationState = Partial<Omit<RestoreRow, "id" | "userId">> &
  Pick<SnapshotRestorationInputs, "confirmOverwrite" | "onInterrupt" | "onDestroy"> &
  State;

/** Arguments that only the state knows; their change sends nothing. */
const locals = ["confirmOverwrite", "onInterrupt", "onDestroy"] as const;

const rulesFor = (kind: RestoreKind): Rules => ({
  snapshot: { kind: "replace", same: sameReference },
  kind: { kind: "replace" },
  name: { kind: "replace", same: sameString },
  description: { kind: "replace", same: sameString, reset: "" },
  // A restore that was started does not change any more, whatever else the server notes among its options.
  options: {
    kind: "replace",
    same: (now, declared, unchanged) => unchanged || sameOptions(kind, now, declared),
    reset: {},
  },
  confirmOverwrite: localRule(false),
  onInterrupt: localRule("leave"),
  onDestroy: localRule("delete-record"),
});

/** A restore of a snapshot of whole instances; its id is the restore's. */
export const snapshotRestorationLifecycle: Lifecycle<
  TrilioClient,
  SnapshotRestorationInputs,
  SnapshotRestorationState
> = {
  type: "trilio:SnapshotRestoration",
  description: "A restore of a Trilio snapshot: one-click, selective or in-place.",
  backend: trilio,
  inputs: snapshotRestorationInputs,
  outputs: snapshotRestorationOutputs,
  timeouts: { create: longMs, update: longMs, delete: longMs },
  locals,
  echoes: ["name", "description", "kind"],
  stable: ["snapshot", "workload", "createdAt", "projectId", "name", "description", "kind", "options"],
  replaces: replacing(rulesFor("selective")),
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

  diff: (olds, news) => differences(rulesFor(news.kind), olds, news),

  async create(inputs, ctx) {
    const order = { ...inputs, snapshot: idOf(inputs.snapshot) };
    const begun = await startRestore(ctx, order);
    const { id, requestId: startedBy } = begun;
    const { createdAt: _rounded, ...first } = stateOf(rowOf(begun));
    const of = shape(ctx, id);
    const outputs = await keeping(unready(keptAs(id, of, order, defined(first))), async () => {
      await waitRestored(ctx, { id, name: inputs.name, onInterrupt: inputs.onInterrupt, startedBy });
      return stateAfter(of, order);
    });
    return { id, outputs };
  },

  async read(id, ctx, prior) {
    const restore = await ctx.client.restore(idOf(id), ctx.signal);
    if (restore === undefined || restore.status === "deleted") {
      await confirmGone(ctx, id, prior?.projectId);
      return undefined;
    }
    const seen = await whole(ctx, restore, prior);
    // Whoever made an in-place restore has overwritten: there is nothing left to confirm.
    const kept = defined({
      confirmOverwrite: prior?.confirmOverwrite ?? (seen.kind === "in-place" ? true : undefined),
      onInterrupt: prior?.onInterrupt,
      onDestroy: prior?.onDestroy,
    });
    const hidden = defined({ [appliedKey]: prior?.[appliedKey] ?? {}, [unreadyKey]: prior?.[unreadyKey] });
    const { snapshot, kind, name, description, options } = seen;
    return {
      id: restore.id,
      inputs: defined({ snapshot, kind, name, description, options, ...kept }),
      outputs: { ...seen, ...kept, ...hidden },
    };
  },

  async update(id, olds, news, ctx) {
    const of = shape(ctx, id, olds);
    return keeping(unready(keptAs(id, of, news, olds)), async () => {
      const now = await ctx.client.restore(id, ctx.signal);
      if (now === undefined) throw new UserError(`restore ${id} is not there any more; run "pulumi refresh"`);
      // One that was imported as failed is what it is.
      if (isFailed(now.status) && isFailed(olds.status ?? "") && !olds[unreadyKey])
        return stateAfter(of, news);
      // Any other fails again here, with its reason: nothing is restored a second time unasked.
      await waitRestored(ctx, { id, name: now.name, onInterrupt: news.onInterrupt });
      return stateAfter(of, news);
    });
  },

  async delete(id, state, ctx) {
    if (state.onDestroy === "keep-record") return;
    await removeRestore(ctx, id, () => confirmGone(ctx, id, state.projectId));
  },
};

/** What is kept of a restore that has not succeeded says so. */
function unready({ id, outputs, fallback }: Kept): Kept {
  const mark = { [unreadyKey]: true };
  return {
    id,
    outputs: async () => ({ ...(await outputs()), ...mark }),
    fallback: { ...fallback, ...mark },
  };
}

function shape(
  ctx: TrilioContext,
  id: string,
  prior?: SnapshotRestorationState,
): Shape<SnapshotRestorationInputs, SnapshotRestorationState> {
  return {
    locals,
    look: async () => {
      const restore = await ctx.client.restore(id, ctx.signal);
      if (restore === undefined) throw new UserError(`there is no restore ${id}`);
      return whole(ctx, restore, prior);
    },
  };
}

/** A restore with its metadata, which only the list shows; asked for once, since it does not change after the end. */
async function whole(
  ctx: TrilioContext,
  restore: Parameters<typeof rowOf>[0],
  prior?: Partial<SnapshotRestorationState>,
): Promise<SnapshotRestorationState> {
  const row = stateOf(rowOf(restore));
  const known = row.metadata ?? prior?.metadata;
  if (known !== undefined || !isSettled(restore.status)) return defined({ ...row, metadata: known });
  const listed = await ctx.client.restores(restore.snapshot_id, ctx.signal).catch(() => []);
  const twin = listed.find(({ id }) => id === restore.id);
  return defined({ ...row, metadata: (twin && rowOf(twin).metadata) ?? {} });
}

function stateOf({ id: _id, userId: _user, ...row }: RestoreRow): SnapshotRestorationState {
  return row;
}
