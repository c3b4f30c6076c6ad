import { z } from "zod";
import { UserError } from "../../core/errors";
import {
  applied,
  appliedKey,
  type Difference,
  keyChanges,
  localRule,
  type Rules,
  replacing,
  type State,
  sameString,
} from "../../core/resource/diff";
import { type Change, defaultTimeouts, type Lifecycle } from "../../core/resource/lifecycle";
import { keeping, keptAs, only, stateAfter } from "../../core/resource/partial";
import {
  checkNewRetention,
  checkRetention,
  harmlessUntilDone,
  judgeChange,
  lost,
  retentionDifferences,
  retentionInputs,
  retentionLocals,
  retentionOutputs,
  retentionRules,
} from "../../core/retention";
import { defined } from "../../core/values";
import { act } from "../act";
import { cinder } from "../backend";
import { type CinderClient, uuidOf } from "../client";
import { descriptionField, nameField, reference, sameReference } from "../fields";
import { metadataField, metadataRule, visibleMetadata } from "../metadata";
import { isSettled, meaningOf, normalStatus } from "../statuses";
import { type CinderContext, existing, fetch, settled, subject, waitGone, waitReady } from "../waits";
import { snapshotFields, type WireSnapshot } from "../wire";
import { writeSnapshot } from "./change";
import { createSnapshot } from "./create";
import {
  keptNow,
  permitSnapshotChange,
  refuseSnapshotDeletion,
  shownRetention,
  whyMissing,
} from "./retention";

/** Arguments of a snapshot. API page: Create a snapshot. */
export const snapshotInputs = z.object({
  volumeId: reference("The volume to take the snapshot of: uuid. A change makes a new snapshot."),
  name: nameField
    .describe('Name, at most 255 characters; "" for none. Default: the resource\'s name and 7 hex digits.')
    .optional(),
  description: descriptionField.describe("Description, at most 255 characters.").optional(),
  force: z
    .boolean()
    .describe(
      "Take the snapshot although the volume is attached. Services from microversion 3.66 on always do that. " +
        "Default: false.",
    )
    .meta({ default: false })
    .optional(),
  metadata: metadataField
    .describe(
      "Metadata: texts of at most 255 characters. Only the keys declared here are owned: other tools' keys are " +
        "left alone, and are no difference.",
    )
    .optional(),
  ...retentionInputs,
});

/** What a snapshot is. API page: Show a snapshot's details. */
export const snapshotOutputs = snapshotFields
  .omit({ id: true })
  .extend({
    ...retentionOutputs,
    keptUntil: z
      .string()
      .optional()
      .describe("Kept until then, ISO 8601: the metadata kept_until of the server"),
  })
  .required({ volumeId: true, status: true, size: true, createdAt: true, metadata: true });

/** Arguments after the check. */
export type SnapshotInputs = z.output<typeof snapshotInputs>;
/** Arguments that only the state knows. */
const locals = ["force", ...retentionLocals] as const;
/** State: what the service said last, and the arguments that only the state knows. */
export type SnapshotState = Partial<z.output<typeof snapshotOutputs>> &
  Pick<SnapshotInputs, (typeof locals)[number]> &
  State;

const rules: Rules = {
  volumeId: { kind: "replace", same: sameReference },
  name: { kind: "update", same: sameString },
  description: { kind: "update", same: sameString, reset: "" },
  metadata: metadataRule,
  ...retentionRules,
  force: localRule(false),
};

/** A snapshot of a volume, in Cinder. */
export const snapshotLifecycle: Lifecycle<CinderClient, SnapshotInputs, SnapshotState> = {
  type: "cinder:Snapshot",
  description: "A snapshot of a volume, made and kept through OpenStack's own Cinder.",
  backend: cinder,
  inputs: snapshotInputs,
  outputs: snapshotOutputs,
  timeouts: defaultTimeouts,
  locals,
  echoes: ["name", "description"],
  stable: ["volumeId", "size", "createdAt", "projectId", "userId"],
  replaces: replacing(rules),
  autoName: { property: "name", longest: 255 },

  check: (news) => checkRetention(news),

  checkNew: (news, ctx) => checkNewRetention(news, ctx.client.service.serverNow()),

  diff: (olds, news) => changesOf(olds, news),

  permit: (id, olds, news, changes, ctx) => permitChange(ctx, uuidOf("id", id), olds, news, changes),

  async create(inputs, ctx) {
    const volume = uuidOf("volumeId", inputs.volumeId);
    const since = ctx.clock.now();
    const made = await createSnapshot(inputs, volume, ctx);
    const of = shape(ctx, made.id);
    const projectId =
      made.projectId ?? (await ctx.client.service.projectId(ctx.signal).catch(() => undefined));
    const outputs = await keeping(keptAs(made.id, of, inputs, defined({ projectId })), async () => {
      const on = subject("snapshot", made.id, inputs.name);
      await waitReady(ctx, on, { operation: "create", fresh: true, since });
      return stateAfter(of, inputs);
    });
    return { id: made.id, outputs };
  },

  async read(id, ctx, prior = {}) {
    const uuid = uuidOf("id", id);
    const snapshot = await fetch(ctx, { kind: "snapshot", id: uuid });
    if (snapshot === undefined) {
      const why = await whyMissing(ctx, uuid, prior);
      if (why === "expired")
        return { id: uuid, inputs: argumentsOf(prior), outputs: { ...prior, expired: true } };
      const next = 'The next "pulumi up" takes a new one, of the volume as it is then.';
      if (why === "lost") ctx.warn(lost(subject("snapshot", uuid, prior.name).what, prior, next));
      return undefined;
    }
    const outputs = { ...observed(snapshot, prior), [appliedKey]: prior[appliedKey] ?? {} };
    return { id: uuid, inputs: argumentsOf(outputs), outputs };
  },

  async update(id, olds, news, ctx) {
    const uuid = uuidOf("id", id);
    if (olds.expired) return expired(olds, news, ctx);
    await permitChange(ctx, uuid, olds, news, []);
    const of = shape(ctx, uuid);
    return keeping(keptAs(uuid, of, harmlessUntilDone(news, olds), olds), async () => {
      const now = await ready(ctx, uuid);
      if (now === undefined) return missing(ctx, uuid, olds, news);
      const before = observed(now, olds);
      const changes = changesOf(before, news);
      const warnings = judgeChange(keptNow(now, olds), news, changes, ctx.client.service.serverNow());
      for (const warning of warnings) ctx.warn(warning);
      await writeSnapshot(ctx, now, changes, keyChanges("metadata", before, news.metadata));
      return stateAfter(of, news);
    });
  },

  async delete(id, state, ctx) {
    const uuid = uuidOf("id", id);
    const now = await settled(ctx, { kind: "snapshot", id: uuid });
    if (now === undefined) {
      const lostNow = (await whyMissing(ctx, uuid, state)) === "lost";
      if (lostNow)
        ctx.warn(lost(subject("snapshot", uuid, state.name).what, state, "It leaves this stack now."));
      return;
    }
    refuseSnapshotDeletion(ctx, now, state);
    return deleteSnapshot(ctx, now);
  },
};

function changesOf(olds: SnapshotState, news: Partial<SnapshotInputs>): Difference[] {
  return retentionDifferences(rules, olds, news, olds.createdAt);
}

function permitChange(
  ctx: CinderContext,
  id: string,
  olds: SnapshotState,
  news: SnapshotInputs,
  changes: readonly Change[],
): Promise<void> {
  const compare = (now: WireSnapshot) => changesOf(observed(now, olds), news);
  return permitSnapshotChange(ctx, id, olds, news, changes, compare);
}

/** What a snapshot shows, with what only the state knows. */
function observed(now: WireSnapshot, state: SnapshotState): SnapshotState {
  const mode = shownRetention(now, state.retentionMode);
  return { ...visible(now), ...only(state, locals), ...mode, [appliedKey]: state[appliedKey] };
}

/** The update of a snapshot that is not there. @throws UserError unless it went when its time was over */
async function missing(
  ctx: CinderContext,
  id: string,
  olds: SnapshotState,
  news: SnapshotInputs,
): Promise<SnapshotState> {
  const { what } = subject("snapshot", id, olds.name);
  const why = await whyMissing(ctx, id, olds);
  if (why === "expired") return expired(olds, news, ctx);
  const next = 'Run "pulumi refresh"; the next "pulumi up" takes a new one, of the volume as it is then.';
  throw new UserError(
    why === "lost" ? lost(what, olds, next) : `${what} is not there any more; run "pulumi refresh"`,
  );
}

/** The update of what has gone since its time was over: only the state is left to change. */
function expired(olds: SnapshotState, news: SnapshotInputs, ctx: CinderContext): SnapshotState {
  const changes = changesOf(olds, news).filter(({ property }) => !isLocal(property));
  if (changes.length > 0) {
    const names = changes.map(({ property }) => property).join(", ");
    ctx.warn(
      `snapshot "${olds.name}" was kept until ${olds.keptUntil} and is gone, so ${names} changes nothing. Take it ` +
        'out of the program, or take a new one with "pulumi up --replace <urn>".',
    );
  }
  const shown = Object.entries(olds).filter(([key]) => !isLocal(key));
  return { ...Object.fromEntries(shown), ...only(news, locals), expired: true, [appliedKey]: applied(news) };
}

const isLocal = (property: string) => locals.some((local) => local === property);

/** Deletes a snapshot that rests, and waits until it is gone. @throws WaitError where it goes back or fails */
async function deleteSnapshot(ctx: CinderContext, now: WireSnapshot): Promise<void> {
  const { client, signal } = ctx;
  const on = subject("snapshot", now.id, now.name);
  const since = ctx.clock.now();
  // The service refuses it in this status with words that do not help; the wait's do.
  if (normalStatus(now.status) === "error_deleting") return waitGone(ctx, on, since);
  await act(ctx, {
    on,
    send: () => client.send("DELETE", client.path("snapshot", now.id), undefined, { signal }),
    happened: (after) => after === undefined || !isSettled("snapshot", after.status),
  });
  return waitGone(ctx, on, since);
}

/** The snapshot once it can be used. @throws WaitError where it has failed, with the service's reason */
async function ready(ctx: CinderContext, id: string): Promise<WireSnapshot | undefined> {
  const now = await fetch(ctx, { kind: "snapshot", id });
  if (now === undefined || meaningOf("snapshot", now.status) === "ready") return now;
  await waitReady(ctx, subject("snapshot", id, now.name), { operation: "create" });
  return fetch(ctx, { kind: "snapshot", id });
}

const shape = (ctx: CinderContext, id: string) => ({
  locals,
  look: async () => visible(await existing(ctx, { kind: "snapshot", id })),
});

function visible(snapshot: WireSnapshot): SnapshotState {
  const { id: _id, metadata, ...shown } = snapshot;
  const { keptUntil } = shownRetention(snapshot, undefined);
  return { ...shown, metadata: visibleMetadata(metadata), ...defined({ keptUntil }), expired: false };
}

/** The arguments that declare a snapshot exactly as it is. */
export function inputsOf(snapshot: WireSnapshot): Partial<SnapshotInputs> {
  return argumentsOf({ ...visible(snapshot), ...shownRetention(snapshot, undefined) });
}

function argumentsOf(state: SnapshotState): Partial<SnapshotInputs> {
  const { metadata = {}, description, name = "", volumeId, keptUntil } = state;
  return {
    ...defined({ volumeId, keptUntil }),
    name,
    ...(description ? { description } : {}),
    ...(Object.keys(metadata).length > 0 ? { metadata } : {}),
    ...only(state, locals),
  };
}
