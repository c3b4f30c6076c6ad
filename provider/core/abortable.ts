/**
 * Waits for something that others wait for too: who is told to stop stops waiting, the rest goes on.
 *
 * @throws the signal's reason as soon as it aborts
 */
export async function abortable<T>(shared: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return shared;
  // Who has left does not hear of a failure, and nobody else need be listening.
  shared.catch(() => undefined);
  signal.throwIfAborted();
  const over = new AbortController();
  const stopped = new Promise<never>((_resolve, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason), { once: true, signal: over.signal });
  });
  try {
    return await Promise.race([shared, stopped]);
  } finally {
    over.abort();
  }
}
