import { z } from "zod";
import { ApiError, UserError } from "../core/errors";
import type { KeyChanges } from "../core/resource/diff";
import type { Subject } from "../core/resource/object";
import type { Kind } from "./client";
import { actOn, type CinderContext, cinderObjects, sendTo } from "./object";

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
export const metadataSchema = z
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

/** The metadata without what the properties of a resource show by themselves. */
export function visibleMetadata(metadata: Record<string, string> | undefined): Record<string, string> {
  return Object.fromEntries(Object.entries(metadata ?? {}).filter(([key]) => !(key in reserved)));
}

/** The metadata as everybody else may see it. */
export function withoutNonce(metadata: Record<string, string> | undefined): Record<string, string> {
  const { [nonceKey]: _mark, ...others } = metadata ?? {};
  return others;
}

/**
 * Writes metadata key by key, so that a writer at the same time loses nothing. The object must be done with its
 * creation: what is written before that is lost (contract, "Metadata race").
 *
 * @param on a snapshot or volume that rests
 */
export async function writeMetadata(
  ctx: CinderContext,
  on: Subject<Kind>,
  { set, drop }: KeyChanges,
): Promise<void> {
  for (const key of [...Object.keys(set), ...drop]) {
    if (!key.includes("/")) continue;
    throw new UserError(
      `a key with "/" can be given only when the ${on.kind} is made, the service cannot change "${key}" later. ` +
        'Use another key, or make it anew with "pulumi up --replace <urn>".',
      "metadata",
    );
  }
  for (const [key, value] of Object.entries(set)) {
    const put = { method: "PUT", part: ["metadata", key], body: { meta: { [key]: value } } } as const;
    await actOn(ctx, on, put, (now) => now?.metadata?.[key] === value);
  }
  for (const key of drop) {
    const take = { method: "DELETE", part: ["metadata", key] } as const;
    const gone = (now: { metadata?: Record<string, string> | undefined } | undefined) =>
      now !== undefined && !(key in (now.metadata ?? {}));
    await cinderObjects.act(ctx, {
      on,
      async send() {
        try {
          await sendTo(ctx, on, take);
        } catch (error) {
          // Somebody else may have taken the key out already.
          const missing = error instanceof ApiError && error.status === 404;
          if (!missing || !gone(await cinderObjects.read(ctx, on))) throw error;
        }
      },
      happened: gone,
    });
  }
}
