const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** The user interrupted the work. */
export class InterruptedError extends Error {
  override name = "InterruptedError";
}

/**
 * Does some work that has to be tidied up after when the user interrupts it: the signal aborts it,
 * and once the work has ended, the interruption goes on its usual way.
 */
export async function interruptible<T>(work: (interrupted: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  let received: NodeJS.Signals | undefined;
  const onSignal = (signal: NodeJS.Signals) => {
    received = signal;
    controller.abort(new InterruptedError(`interrupted (${signal})`));
  };
  for (const signal of SIGNALS) process.on(signal, onSignal);
  try {
    return await work(controller.signal);
  } finally {
    for (const signal of SIGNALS) process.off(signal, onSignal);
    if (received !== undefined) process.kill(process.pid, received);
  }
}
