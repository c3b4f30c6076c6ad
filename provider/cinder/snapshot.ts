import { randomBytes } from "node:crypto";
import { z } from "zod";
import {
  appliedKey,
  differences,
  keyChanges,
  localRule,
  type Rules,
  replacing,
  type State,
  sameText,
} from "../core/diff";
import { UserError } from "../core/errors";
import { defaultTimeouts, type Lifecycle } from "../core/lifecycle";
import { createOnce } from "../core/once";
import { keeping, keptAs, only, stateAfter } from "../core/partial";
import { defined } from "../core/values";
import { act, isRefusal } from "./act";
import { cinder } from "./backend";
import { type CinderClient, uuidOf } from "./client";
import { descriptionField, nameField, reference, sameReference } from "./fields";
import { metadataField, metadataRule, nonceKey, visibleMetadata, writeMetadata } from "./metadata";
import { isSettled, meaningOf, normalStatus } from "./statuses";
import {
  type CinderContext,
  confirmGone,
  existing,
  fetch,
  settled,
  subject,
  waitGone,
  waitReady,
  waitSettled,
} from "./waits";
import { snapshotFields, under, type WireSnapshot } from "./wire";

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
});

/** What a snapshot is. API page: Show a snapshot's details. */
export const snapshotOutputs = snapshotFields
  .omit({ id: true })
  .required({ volumeId: true, status: true, size: true, createdAt: true, metadata: true });

/** Arguments after the check. */
export type SnapshotInputs = z.output<typeof snapshotInputs>;
/** Arguments that only the state knows. */
const locals = ["force"] as const;
/** State: what the service said last, and the arguments that only the state knows. */
export type SnapshotState = Partial<z.output<typeof snapshotOutputs>> &
  Pick<SnapshotInputs, (typeof locals)[number]> &
  State;

const rules: Rules = {
  volumeId: { kind: "replace", same: sameReference },
  name: { kind: "update", same: sameText },
  description: { kind: "update", same: sameText, reset: "" },
  metadata: metadataRule,
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

  diff: (olds, news) => differences(rules, olds, news),

  async create(inputs, ctx) {
    const volume = uuidOf("volumeId", inputs.volumeId);
    const since = ctx.clock.now();
    const made = await post(inputs, volume, ctx);
    const of = shape(ctx, made.id);
    const projectId =
      made.projectId ?? (await ctx.client.service.projectId(ctx.signal).catch(() => undefined));
    const outputs = await keeping(keptAs(made.id, of, inputs, defined({ projectId })), async () => {
      await waitReady(ctx, subject("snapshot", made.id, inputs.name), {
        operation: "create",
        fresh: true,
        since,
      });
      return stateAfter(of, inputs);
    });
    return { id: made.id, outputs };
  },

  async read(id, ctx, prior) {
    const uuid = uuidOf("id", id);
    const snapshot = await fetch(ctx, { kind: "snapshot", id: uuid });
    if (snapshot === undefined) {
      await confirmGone(ctx, subject("snapshot", uuid, prior?.name).what, prior?.projectId);
      return undefined;
    }
    const kept = only(prior ?? {}, locals);
    const outputs = { ...visible(snapshot), ...kept, [appliedKey]: prior?.[appliedKey] ?? {} };
    return { id: uuid, inputs: { ...inputsOf(snapshot), ...kept }, outputs };
  },

  async update(id, olds, news, ctx) {
    const uuid = uuidOf("id", id);
    const of = shape(ctx, uuid);
    return keeping(keptAs(uuid, of, news, olds), async () => {
      const now = await ready(ctx, uuid);
      const observed = { ...visible(now), ...only(olds, locals), [appliedKey]: olds[appliedKey] };
      const changes = differences(rules, observed, news);
      const on = subject("snapshot", uuid, now.name);
      await put(ctx, on, Object.fromEntries(changes.map(({ property, wanted }) => [property, wanted])));
      await writeMetadata(ctx, on, keyChanges("metadata", observed, news.metadata));
      return stateAfter(of, news);
    });
  },

  async delete(id, state, ctx) {
    const uuid = uuidOf("id", id);
    const now = await settled(ctx, { kind: "snapshot", id: uuid });
    if (now === undefined)
      return confirmGone(ctx, subject("snapshot", uuid, state.name).what, state.projectId);
    return deleteSnapshot(ctx, now);
  },
};

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

/** Asks for the snapshot, exactly once. */
async function post(inputs: SnapshotInputs, volume: string, ctx: CinderContext): Promise<WireSnapshot> {
  const { client, signal } = ctx;
  const nonce = randomBytes(8).toString("hex");
  // From 3.66 on there is no force any more, and saying so is an error (contract, "In-use volume").
  const force = (await client.service.knows("3.66", signal)) ? {} : { force: inputs.force ?? false };
  const { name, description } = inputs;
  const metadata = { ...inputs.metadata, [nonceKey]: nonce };
  const snapshot = { volume_id: volume, ...defined({ name, description }), ...force, metadata };
  return createOnce<WireSnapshot>({
    what: `snapshot "${name}"`,
    clock: ctx.clock,
    signal,
    timeoutMs: ctx.timeoutMs,
    attempt: async () => {
      const body = await sendPatiently(ctx, volume, { snapshot });
      return under("snapshot", snapshotFields, body);
    },
    find: async () => {
      const query = { volume_id: volume };
      const rows = await client.all("/snapshots/detail", "snapshots", snapshotFields, query, signal);
      return rows.filter((row) => row.metadata?.[nonceKey] === nonce);
    },
    idOf: ({ id }) => id,
    claimed: client.claimed,
    describe: (row) => `"${row.name}" (${row.id}, created ${row.createdAt})`,
  });
}

/** Sends the request; a volume that is busy is waited for. @throws ApiError with what helps, where anything does */
async function sendPatiently(ctx: CinderContext, volume: string, body: unknown): Promise<unknown> {
  const { client, signal } = ctx;
  for (let waited = false; ; waited = true) {
    try {
      return (await client.send("POST", "/snapshots", body, { signal })).body;
    } catch (error) {
      if (!isRefusal(error)) throw error;
      const now = await fetch(ctx, { kind: "volume", id: volume });
      const busy = now !== undefined && meaningOf("volume", now.status) === "working";
      if (now !== undefined && busy && !waited) {
        await waitSettled(ctx, subject("volume", volume, now.name));
        continue;
      }
      if (normalStatus(now?.status) !== "in-use") throw error;
      throw new UserError(
        `${error.message}. The volume is attached: set force to take the snapshot all the same`,
      );
    }
  }
}

/** One PUT with just what differs, or none. */
async function put(
  ctx: CinderContext,
  on: ReturnType<typeof subject<"snapshot">>,
  { name, description }: Record<string, unknown>,
): Promise<void> {
  const { client, signal } = ctx;
  const snapshot = defined({ name, description });
  if (Object.keys(snapshot).length === 0) return;
  await act(ctx, {
    on,
    send: () => client.send("PUT", client.path("snapshot", on.id), { snapshot }, { signal }),
    happened: (now) =>
      now !== undefined &&
      (name === undefined || sameText(now.name, name)) &&
      (description === undefined || sameText(now.description, description)),
  });
}

/** The snapshot once it can be used. @throws WaitError where it has failed, with the service's reason */
async function ready(ctx: CinderContext, id: string): Promise<WireSnapshot> {
  const now = await existing(ctx, { kind: "snapshot", id });
  if (meaningOf("snapshot", now.status) === "ready") return now;
  await waitReady(ctx, subject("snapshot", id, now.name), { operation: "create" });
  return existing(ctx, { kind: "snapshot", id });
}

const shape = (ctx: CinderContext, id: string) => ({
  locals,
  look: async () => visible(await existing(ctx, { kind: "snapshot", id })),
});

function visible({ id: _id, ...snapshot }: WireSnapshot): SnapshotState {
  return { ...snapshot, metadata: visibleMetadata(snapshot.metadata) };
}

/** The arguments that declare a snapshot exactly as it is. */
export function inputsOf(snapshot: WireSnapshot): Partial<SnapshotInputs> {
  const { metadata = {}, description, name = "", volumeId } = visible(snapshot);
  return {
    ...defined({ volumeId }),
    name,
    ...(description ? { description } : {}),
    ...(Object.keys(metadata).length > 0 ? { metadata } : {}),
  };
}
