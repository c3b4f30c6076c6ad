import { randomBytes } from "node:crypto";
import { z } from "zod";
import {
  appliedKey,
  differences,
  localRule,
  type Rules,
  replacing,
  type State,
  sameText,
  shows,
} from "../core/diff";
import { UserError } from "../core/errors";
import { defaultTimeouts, type Lifecycle, type Properties } from "../core/lifecycle";
import { createOnce } from "../core/once";
import { keeping, keptAs, only, stateAfter } from "../core/partial";
import { instantField, instantRule, wireInstant } from "../core/retention";
import { defined, instantOf, isRecord, sameJson, uuidIn } from "../core/values";
import { act, confirmGone } from "./act";
import { waldur } from "./backend";
import type { WaldurClient } from "./client";
import { pullQuietly, unlink } from "./pullUnlink";
import { descriptionField, nameField, reference, sameReference } from "./references";
import { isSettled, normalState } from "./states";
import { existing, fetch, settled, subject, type WaldurContext, waitGone, waitOk } from "./waits";
import { fromWire, snapshotFields, type WireSnapshot } from "./wire";

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
  keptUntil: instantField
    .describe(
      "The server removes the snapshot some time after this instant: RFC 3339 with a zone, or a date (00:00 UTC). " +
        "Not given: kept for ever.",
    )
    .optional(),
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
const locals = ["pullOnRefresh", "deletion", "repairMetadata"] as const;
/** State: what the server said last, and the arguments that only the state knows. */
export type SnapshotState = Partial<z.output<typeof snapshotOutputs>> &
  Pick<SnapshotInputs, (typeof locals)[number]> &
  State;

const rules: Rules = {
  sourceVolume: {
    kind: "replace",
    same: (now, declared) => sameReference(now as string, declared as string),
  },
  name: { kind: "update", same: sameText },
  description: { kind: "update", same: sameText, reset: "" },
  keptUntil: instantRule,
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

  diff: (olds, news) => differences(rulesFor(news), olds, news),

  async create(inputs, ctx) {
    const volume = ctx.client.uuid("sourceVolume", inputs.sourceVolume);
    const uuid = await post(inputs, volume, ctx);
    const of = shape(ctx, uuid);
    const outputs = await keeping(keptAs(uuid, of, inputs, {}), async () => {
      await waitOk(ctx, subject("snapshot", uuid, inputs.name), "create", true);
      return stateAfter(of, inputs);
    });
    return { id: uuid, outputs };
  },

  async read(id, ctx, prior) {
    const uuid = ctx.client.uuid("id", id);
    if (prior?.pullOnRefresh) await pullQuietly(ctx, subject("snapshot", uuid, prior.name));
    const snapshot = await fetch(ctx, { kind: "snapshot", uuid });
    if (snapshot === undefined) {
      await confirmGone(ctx, subject("snapshot", uuid, prior?.name).what, prior?.projectUuid);
      return undefined;
    }
    const outputs = {
      ...visible(snapshot),
      ...only(prior ?? {}, locals),
      [appliedKey]: prior?.[appliedKey] ?? {},
    };
    return { id: uuid, inputs: { ...inputsOf(snapshot), ...only(prior ?? {}, locals) }, outputs };
  },

  async update(id, olds, news, ctx) {
    const uuid = ctx.client.uuid("id", id);
    const shown = shape(ctx, uuid);
    return keeping(keptAs(uuid, shown, news, olds), async () => {
      const now = await settled(ctx, { kind: "snapshot", uuid });
      if (now === undefined)
        throw new UserError(`snapshot ${id} is not there any more; run "pulumi refresh"`);
      const of = subject("snapshot", uuid, now.name);
      if (normalState(now.state) === "ERRED") await waitOk(ctx, of, "update");
      const changes = differences(rulesFor(news), { ...visible(now), [appliedKey]: olds[appliedKey] }, news);
      await patch(ctx, uuid, now, changes);
      return stateAfter(shown, news);
    });
  },

  async delete(id, state, ctx) {
    const uuid = ctx.client.uuid("id", id);
    const now = await settled(ctx, { kind: "snapshot", uuid });
    if (now === undefined)
      return confirmGone(ctx, subject("snapshot", uuid, state.name).what, state.projectUuid);
    const of = subject("snapshot", uuid, now.name);
    if (state.deletion === "unlink") return unlink(ctx, of);
    await waitForRestores(ctx, now);
    await act(ctx, {
      on: of,
      send: () =>
        ctx.client.send("DELETE", ctx.client.path("openstack-snapshots", uuid), undefined, ctx.signal),
      happened: (after) => after === undefined || !isSettled(after.state),
    });
    return waitGone(ctx, of, "delete");
  },
};

/** The key in the metadata that marks who made the snapshot; hidden from outputs. */
const nonceKey = "pulumi";

/** Asks for the snapshot, exactly once. @returns its uuid */
async function post(inputs: SnapshotInputs, volume: string, ctx: WaldurContext): Promise<string> {
  const nonce = randomBytes(8).toString("hex");
  const { client } = ctx;
  const body = { ...toWire(inputs), metadata: { ...inputs.metadata, [nonceKey]: nonce } };
  const made = await createOnce<WireSnapshot>({
    what: `snapshot "${inputs.name}"`,
    clock: ctx.clock,
    signal: ctx.signal,
    timeoutMs: ctx.timeoutMs,
    attempt: async () => {
      const answer = await client.send(
        "POST",
        client.path("openstack-volumes", volume, "snapshot"),
        body,
        ctx.signal,
      );
      return fromWire(snapshotFields, answer.body);
    },
    async find(since) {
      const query = { source_volume_uuid: volume, name_exact: inputs.name, o: "-created" };
      const rows = await client.all("openstack-snapshots", snapshotFields, query, ctx.signal);
      // One second for the resolution of the server's Date header.
      const recent = rows.filter(
        (row) => (instantOf(row.created ?? "") ?? 0) >= since + client.http.serverAheadMs - 1000,
      );
      const marks = recent.map((row) => row.metadata?.[nonceKey]);
      // The server may have wiped the mark already; another mark tells for certain that it is not ours.
      return recent.filter((_, index) =>
        marks.includes(nonce) ? marks[index] === nonce : marks[index] === undefined,
      );
    },
    idOf: ({ uuid }) => uuid,
    claimed: ctx.client.claimed,
    describe: (row) => `"${row.name}" (${row.uuid}, created ${row.created})`,
  });
  return made.uuid;
}

/** One PATCH with just what differs, or none. */
async function patch(
  ctx: WaldurContext,
  uuid: string,
  now: WireSnapshot,
  changes: readonly { property: string; wanted: unknown }[],
): Promise<void> {
  const values = Object.fromEntries(changes.map(({ property, wanted }) => [property, wanted]));
  const body = toWire(values);
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

/** Deleting the snapshot under a pending restore is accepted by the server, and unsafe. */
async function waitForRestores(ctx: WaldurContext, snapshot: WireSnapshot): Promise<void> {
  for (const { volume, volumeState } of snapshot.restorations ?? []) {
    const uuid = uuidIn(volume);
    if (uuid && !isSettled(volumeState)) await settled(ctx, { kind: "volume", uuid });
  }
}

const shape = (ctx: WaldurContext, uuid: string) => ({
  locals,
  look: async () => visible(await existing(ctx, { kind: "snapshot", uuid })),
});

function visible(snapshot: WireSnapshot): SnapshotState {
  const { [nonceKey]: _mark, ...metadata } = snapshot.metadata ?? {};
  return { ...snapshot, metadata, marketplaceResource: snapshot.marketplaceResourceUuid };
}

/** The arguments that declare a snapshot exactly as it is. */
export function inputsOf(snapshot: WireSnapshot): Partial<SnapshotInputs> {
  const { metadata = {}, description, keptUntil, name, sourceVolume } = visible(snapshot);
  return {
    sourceVolume: uuidIn(sourceVolume) ?? "",
    name,
    ...(description ? { description } : {}),
    ...(keptUntil ? { keptUntil } : {}),
    ...(Object.keys(metadata).length > 0 ? { metadata } : {}),
  };
}

function toWire({ name, description, metadata, keptUntil }: Properties): Properties {
  return defined({ name, description, metadata, kept_until: wireInstant(keptUntil) });
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
