import { z } from "zod";
import { ApiError, UserError } from "../core/errors";
import type { PropertyRule } from "../core/resource/diff";
import { type RetentionMode, wireTimestamp } from "../core/retention";
import { act } from "./act";
import type { Kind } from "./client";
import { type CinderContext, fetch, type Subject } from "./waits";

/** The key that marks which create made an object; hidden from users. */
export const nonceKey = "pulumi";

/** Cinder has no retention of its own, so its end and its mode are kept in metadata. */
export const [keptUntilKey, retentionModeKey] = ["kept_until", "retention_mode"] as const;

/** Keys that mean something to this provider, and what to use instead. */
const reserved: Record<string, string> = {
  [nonceKey]: "this key is the provider's own mark",
  [keptUntilKey]: "this key is where keptUntil is kept: use that",
  [retentionModeKey]: "this key is where retentionMode is kept: use that",
};

const longest = 255;
const allowedKey = new RegExp(`^[A-Za-z0-9\\-_:. /]{1,${longest}}$`);

/** Metadata: texts by key (contract, "Create"). */
export const metadataField = z
  .record(z.string(), z.string({ message: "expected a text" }), { message: "expected an object of texts" })
  .superRefine((metadata, ctx) => {
    for (const [key, value] of Object.entries(metadata)) {
      const wrong = wrongWith(key, value);
      if (wrong) ctx.addIssue({ code: "custom", path: [key], message: wrong });
    }
  });

function wrongWith(key: string, value: string): string | undefined {
  if (reserved[key]) return reserved[key];
  if (!allowedKey.test(key)) {
    return `expected a key of 1 to ${longest} letters, digits, spaces and -_:./, not ${JSON.stringify(key)}`;
  }
  return value.length > longest ? `expected at most ${longest} characters` : undefined;
}

/** Only the declared keys are owned; those of other tools and of the service make no difference. */
export const metadataRule: PropertyRule = { kind: "update", keyed: true, reset: {} };

/** The metadata without what the properties of a resource show by themselves. */
export function visibleMetadata(metadata: Record<string, string> | undefined): Record<string, string> {
  return Object.fromEntries(Object.entries(metadata ?? {}).filter(([key]) => !(key in reserved)));
}

/** The metadata as everybody else may see it. */
export function withoutNonce(metadata: Record<string, string> | undefined): Record<string, string> {
  const { [nonceKey]: _mark, ...others } = metadata ?? {};
  return others;
}

/** The metadata that keeps a retention. @param keptUntil an instant in any spelling; none: no end */
export function retentionMetadata(
  keptUntil: string | undefined,
  mode: RetentionMode | undefined,
): Record<string, string> {
  return {
    ...(keptUntil === undefined ? {} : { [keptUntilKey]: String(wireTimestamp(keptUntil)) }),
    ...(mode === undefined || mode === "none" ? {} : { [retentionModeKey]: mode }),
  };
}

/** Keys to write and keys to take out. */
export interface MetadataChange {
  set: Record<string, unknown>;
  drop: readonly string[];
}

/**
 * Writes metadata key by key, so that a writer at the same time loses nothing. The object must be done with its
 * creation: what is written before that is lost (contract, "Metadata race").
 *
 * @param on a snapshot or volume that rests
 */
export async function writeMetadata<K extends Kind>(
  ctx: CinderContext,
  on: Subject<K>,
  { set, drop }: MetadataChange,
): Promise<void> {
  const { client, signal } = ctx;
  for (const key of [...Object.keys(set), ...drop]) {
    if (!key.includes("/")) continue;
    throw new UserError(
      `metadata: a key with "/" can be given only when the ${on.kind} is made, the service cannot change ` +
        `"${key}" later. Use another key, or make it anew with "pulumi up --replace <urn>".`,
    );
  }
  for (const [key, value] of Object.entries(set)) {
    await act(ctx, {
      on,
      send: () =>
        client.send(
          "PUT",
          client.path(on.kind, on.id, "metadata", key),
          { meta: { [key]: value } },
          { signal },
        ),
      happened: (now) => now?.metadata?.[key] === value,
    });
  }
  for (const key of drop) {
    await act(ctx, {
      on,
      send: () =>
        client
          .send("DELETE", client.path(on.kind, on.id, "metadata", key), undefined, { signal })
          .catch((error: unknown) => unlessMissing(ctx, on, key, error)),
      happened: (now) => now !== undefined && !(key in (now.metadata ?? {})),
    });
  }
}

/** Somebody else may have taken the key out already. @throws the error where it is about something else */
async function unlessMissing(ctx: CinderContext, on: Subject, key: string, error: unknown): Promise<void> {
  if (error instanceof ApiError && error.status === 404) {
    const now = await fetch(ctx, on);
    if (now !== undefined && !(key in (now.metadata ?? {}))) return;
  }
  throw error;
}
