import { z } from "zod";
import { UserError } from "../../core/errors";
import {
  applied,
  appliedKey,
  type Difference,
  localRule,
  type Rules,
  replacing,
  type State,
  sameString,
  shows,
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
import { isRecord, sameJson, uuidIn } from "../../core/values";
import { act } from "../act";
import { waldur } from "../backend";
import type { WaldurClient } from "../client";
import { pullQuietly, unlink } from "../pullUnlink";
import { descriptionField, nameField, reference, sameReference } from "../references";
import { isSettled, normalState } from "../states";
import { existing, fetch, settled, subject, type WaldurContext, waitGone, waitOk } from "../waits";
import { snapshotFields, type WireSnapshot } from "../wire";
import { createSnapshot, shownMetadata, snapshotBody } from "./create";
import { waitForRestores } from "./pendingRestores";
import {
  goingByItself,
  keptNow,
  permitSnapshotChange,
  refuseSnapshotDeletion,
  whyMissing,
} from "./retention";

/** Arguments of a snapshot. API page: Openstack Volumes, snapshot; contract, "its fields". */
export const snapshotInputs = z.object({
  sourceVolume: reference("The volume to take the snapshot of: uuid or URL. A change makes a new snapshot."),
  name: nameField
    .describe("Name in Waldur, at most 150 characters. Default: the resource's name and 7 hex digits.")
    .optional(),
  description: descriptionField.describe("Description, at most 2000 characters.").optional(),
  metadata: z
    .record(z.string(), z.json(), { message: "expected an object" })
    .describe(
      "Metadata: an object of any JSON. Servers overwrite it with OpenStack's own about once an hour; what they " +
        "wiped is not reported as a difference. See repairMetadata.",
    )
    .optional(),
  ...retentionInputs,
  repairMetadata: z
    .boolean()
    .describe("Write the metadata again whenever an update finds that the server wiped it. Default: false.")
    .meta({ default: false })
    .optional(),
  pullOnRefresh: z
    .boolean()
    .describe(
      "Let a refresh ask the server to synchronise with OpenStack first. Default: false, because on servers of " +
        "2024 the pull of a snapshot always ends in ERRED, and then only a deletion helps.",
    )
    .meta({ default: false })
    .optional(),
  deletion: z
    .enum(["delete", "unlink"], { message: 'expected "delete" or "unlink"' })
    .describe(
      '"delete" removes the snapshot; "unlink" only makes Waldur forget it, the one in OpenStack stays (staff ' +
        'only). Default: "delete".',
    )
    .meta({ default: "delete" })
    .optional(),
});

/** What a snapshot is. API page: Openstack Snapshots, Retrieve. */
export const snapshotOutputs = snapshotFields
  .extend({
    ...retentionOutputs,
    marketplaceResource: z
      .string()
      .optional()
      .describe("UUID of the marketplace resource, where there is one"),
  })
  .required({
    url: true,
    name: true,
    state: true,
    size: true,
    created: true,
    sourceVolume: true,
    metadata: true,
  });

/** Arguments after the check. */
export type SnapshotInputs = z.output<typeof snapshotInputs>;
/** Arguments that only the state knows. */
const locals = ["pullOnRefresh", "deletion", "repairMetadata", ...retentionLocals] as const;
/** State: what the server said last, and the arguments that only the state knows. */
export type SnapshotState = Partial<z.output<typeof snapshotOutputs>> &
  Pick<SnapshotInputs, (typeof locals)[number]> &
  State;

const rules: Rules = {
  sourceVolume: {
    kind: "replace",
    same: (now, declared) => sameReference(now as string, declared as string),
  },
  name: { kind: "update", same: sameString },
  description: { kind: "update", same: sameString, reset: "" },
  ...retentionRules,
  metadata: { kind: "update", reset: {} },
  repairMetadata: localRule(false),
  pullOnRefresh: localRule(false),
  deletion: localRule("delete"),
};

/** A snapshot of a volume, in Waldur. */
export const snapshotLifecycle: Lifecycle<WaldurClient, SnapshotInputs, SnapshotState> = {
  type: "waldur:Snapshot",
  description: "A snapshot of an OpenStack volume, made and kept through Waldur.",
  backend: waldur,
  inputs: snapshotInputs,
  outputs: snapshotOutputs,
  timeouts: defaultTimeouts,
  locals,
  echoes: ["name", "description", "metadata"],
  stable: [
    "url",
    "uuid",
    "created",
    "size",
    "sourceVolume",
    "sourceVolumeName",
    "project",
    "projectUuid",
    "customer",
  ],
  replaces: replacing(rules),
  autoName: { property: "name", longest: 150 },

  check: (news) => checkRetention(news),

  checkNew: (news, ctx) => checkNewRetention(news, ctx.client.http.serverNow()),

  diff: (olds, news) => changesOf(olds, news),

  permit: (id, olds, news, changes, ctx) => permitChange(ctx, ctx.client.uuid("id", id), olds, news, changes),

  async create(inputs, ctx) {
    const volume = ctx.client.uuid("sourceVolume", inputs.sourceVolume);
    const uuid = await createSnapshot(inputs, volume, ctx);
    const of = shape(ctx, uuid);
    const outputs = await keeping(keptAs(uuid, of, inputs, {}), async () => {
      await waitOk(ctx, subject("snapshot", uuid, inputs.name), "create", true);
      return stateAfter(of, inputs);
    });
    return { id: uuid, outputs };
  },

  async read(id, ctx, prior = {}) {
    const uuid = ctx.client.uuid("id", id);
    if (prior.pullOnRefresh && !prior.expired) await pullQuietly(ctx, subject("snapshot", uuid, prior.name));
    const snapshot = await fetch(ctx, { kind: "snapshot", uuid });
    if (snapshot === undefined) {
      const why = await whyMissing(ctx, uuid, prior);
      if (why === "expired")
        return { id: uuid, inputs: argumentsOf(prior), outputs: { ...prior, expired: true } };
      const next = 'The next "pulumi up" takes a new one, of the volume as it is then.';
      if (why === "lost") ctx.warn(lost(subject("snapshot", uuid, prior.name).what, prior, next));
      return undefined;
    }
    const outputs = {
      ...observed(snapshot, prior),
      [appliedKey]: prior[appliedKey] ?? {},
      expired: goingByItself(snapshot, await ctx.client.serverNow()),
    };
    return { id: uuid, inputs: argumentsOf(outputs), outputs };
  },

  async update(id, olds, news, ctx) {
    const uuid = ctx.client.uuid("id", id);
    if (olds.expired) return expired(olds, news, ctx);
    await permitChange(ctx, uuid, olds, news, []);
    const shown = shape(ctx, uuid);
    return keeping(keptAs(uuid, shown, harmlessUntilDone(news, olds), olds), async () => {
      const now = await settled(ctx, { kind: "snapshot", uuid });
      if (now === undefined) {
        const what = subject("snapshot", uuid, olds.name).what;
        const why = await whyMissing(ctx, uuid, olds);
        if (why === "expired") return expired(olds, news, ctx);
        const next =
          'Run "pulumi refresh"; the next "pulumi up" takes a new one, of the volume as it is then.';
        if (why === "lost") throw new UserError(lost(what, olds, next));
        throw new UserError(`${what} is not there any more; run "pulumi refresh"`);
      }
      const of = subject("snapshot", uuid, now.name);
      if (normalState(now.state) === "ERRED") await waitOk(ctx, of, "update");
      const changes = changesOf(observed(now, olds), news);
      const warnings = judgeChange(keptNow(now, olds), news, changes, await ctx.client.serverNow());
      for (const warning of warnings) ctx.warn(warning);
      await patch(ctx, uuid, now, changes);
      return stateAfter(shown, news);
    });
  },

  async delete(id, state, ctx) {
    const uuid = ctx.client.uuid("id", id);
    const now = await settled(ctx, { kind: "snapshot", uuid });
    if (now === undefined) {
      const lostNow = (await whyMissing(ctx, uuid, state)) === "lost";
      const what = subject("snapshot", uuid, state.name).what;
      if (lostNow) ctx.warn(lost(what, state, "It leaves this stack now."));
      return;
    }
    const of = subject("snapshot", uuid, now.name);
    await refuseSnapshotDeletion(ctx, now, state);
    if (state.deletion === "unlink") return unlink(ctx, of);
    if (await waitForRestores(ctx, now)) {
      await refuseSnapshotDeletion(ctx, await fetch(ctx, of), state);
    }
    await act(ctx, {
      on: of,
      send: () =>
        ctx.client.send("DELETE", ctx.client.path("openstack-snapshots", uuid), undefined, ctx.signal),
      happened: (after) => after === undefined || !isSettled(after.state),
    });
    return waitGone(ctx, of, "delete");
  },
};

function changesOf(olds: SnapshotState, news: Partial<SnapshotInputs>): Difference[] {
  return retentionDifferences(rulesFor(news), olds, news, olds.created);
}

function permitChange(
  ctx: WaldurContext,
  uuid: string,
  olds: SnapshotState,
  news: SnapshotInputs,
  changes: readonly Change[],
): Promise<void> {
  const compare = (now: WireSnapshot) => changesOf(observed(now, olds), news);
  return permitSnapshotChange(ctx, uuid, olds, news, changes, compare);
}

function isLocal(property: string): boolean {
  return locals.some((local) => local === property);
}

/** What a snapshot shows, with what only the state knows. */
function observed(now: WireSnapshot, state: SnapshotState): SnapshotState {
  return { ...visible(now), ...only(state, locals), [appliedKey]: state[appliedKey] };
}

/** The update of what the server has removed since its time was over: only the state is left to change. */
function expired(olds: SnapshotState, news: SnapshotInputs, ctx: WaldurContext): SnapshotState {
  const changes = changesOf(olds, news).filter(({ property }) => !isLocal(property));
  if (changes.length > 0) {
    const names = changes.map(({ property }) => property).join(", ");
    ctx.warn(
      `snapshot "${olds.name}" was kept until ${olds.keptUntil} and is gone, so ${names} changes nothing. Take it ` +
        'out of the program, or take a new one with "pulumi up --replace <urn>".',
    );
  }
  const shown = Object.entries(olds).filter(([property]) => !isLocal(property));
  return {
    ...Object.fromEntries(shown),
    ...only(news, locals),
    expired: true,
    [appliedKey]: applied(news),
  };
}

/** One PATCH with just what differs, or none. */
async function patch(
  ctx: WaldurContext,
  uuid: string,
  now: WireSnapshot,
  changes: readonly Difference[],
): Promise<void> {
  const onServer = changes.filter(({ property }) => !isLocal(property));
  const values = Object.fromEntries(onServer.map(({ property, wanted }) => [property, wanted]));
  const body = snapshotBody(values);
  if (Object.keys(body).length === 0) return;
  const of = subject("snapshot", uuid, now.name);
  await act(ctx, {
    on: of,
    send: () => ctx.client.send("PATCH", ctx.client.path("openstack-snapshots", uuid), body, ctx.signal),
    // New values show at once, before the update cycle is over.
    happened: (after) => after !== undefined && shows(rules, { ...after }, values),
  });
  await waitOk(ctx, of, "update");
}

const shape = (ctx: WaldurContext, uuid: string) => ({
  locals,
  look: async () => visible(await existing(ctx, { kind: "snapshot", uuid })),
});

function visible(snapshot: WireSnapshot): SnapshotState {
  const metadata = shownMetadata(snapshot);
  return { ...snapshot, metadata, marketplaceResource: snapshot.marketplaceResourceUuid, expired: false };
}

/** The arguments that declare a snapshot exactly as it is. */
export function inputsOf(snapshot: WireSnapshot): Partial<SnapshotInputs> {
  return argumentsOf(visible(snapshot));
}

function argumentsOf(state: Partial<SnapshotState>): Partial<SnapshotInputs> {
  const { metadata = {}, description, keptUntil, retainFor, name, sourceVolume } = state;
  return {
    sourceVolume: uuidIn(sourceVolume) ?? "",
    name,
    ...(description ? { description } : {}),
    ...(keptUntil && !retainFor ? { keptUntil } : {}),
    ...(Object.keys(metadata).length > 0 ? { metadata } : {}),
    ...only(state, locals),
  };
}

/** A wholesale wipe by the server is no difference, unless the user wants it repaired. */
function rulesFor(news: Partial<SnapshotInputs>): Rules {
  const wiped = (now: unknown) => isRecord(now) && Object.keys(now).length === 0;
  return {
    ...rules,
    metadata: {
      kind: "update",
      reset: {},
      same: (now, declared, unchanged) =>
        sameJson(now ?? {}, declared) || (unchanged && wiped(now ?? {}) && !news.repairMetadata),
    },
  };
}
