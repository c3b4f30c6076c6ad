import { ApiError, UserError } from "../core/errors";
import type { KeyChanges } from "../core/resource/diff";
import type { Subject } from "../core/resource/object";
import { ownValue } from "../core/values";
import type { Kind } from "./client";
import { actOn, type CinderContext, cinderObjects, sendTo } from "./object";

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
        'Use another key, or replace it with "pulumi up --replace <urn>".',
      "metadata",
    );
  }
  for (const [key, value] of Object.entries(set)) {
    const put = { method: "PUT", part: ["metadata", key], body: { meta: { [key]: value } } } as const;
    await actOn(ctx, on, put, (now) => ownValue(now?.metadata ?? {}, key) === value);
  }
  for (const key of drop) {
    const take = { method: "DELETE", part: ["metadata", key] } as const;
    const gone = (now: { metadata?: Record<string, string> | undefined } | undefined) =>
      now !== undefined && !Object.hasOwn(now.metadata ?? {}, key);
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
