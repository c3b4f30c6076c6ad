import { messageOf, PartialError, WaitError } from "./errors";
import type { Properties } from "./lifecycle";

/** An object whose id is known, while something about it can still fail. */
export interface Kept {
  id: string;
  /** What to keep in the state if it fails: read anew if possible. */
  outputs: () => Promise<Properties>;
  /** What to keep where even that fails. */
  fallback: Properties;
}

/**
 * Runs what may fail or be given up after the id of an object is known, and keeps the object if it does.
 *
 * @throws PartialError for whatever `run` throws
 */
export async function keeping<T>(kept: Kept, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof PartialError) throw error;
    const outputs = await kept.outputs().catch(() => kept.fallback);
    throw new PartialError(kept.id, outputs, [withAdvice(error)], error);
  }
}

function withAdvice(error: unknown): string {
  const message = messageOf(error);
  if (!(error instanceof WaitError)) return message;
  if (error.end === "failed")
    return `${message}. Destroy it, or make it anew with "pulumi up --replace <urn>".`;
  return error.end === "refused" ? message : `${message}. The next "pulumi up" goes on waiting.`;
}
