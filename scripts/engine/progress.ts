const TELL_EVERY_MS = 10_000;

/** A length of time for people, from milliseconds: "45 s", "2 min 5 s". */
export function elapsed(ms: number): string {
  const seconds = Math.round(ms / 1000);
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

/**
 * Does some work, telling every 10 s how long it has taken so far, and how long it took in the end.
 *
 * @param detail Says how far the work is, e.g. "40 MB"; an empty text is left out.
 */
export async function withProgress<T>(
  log: (line: string) => void,
  what: string,
  work: () => Promise<T>,
  detail: () => string = () => "",
): Promise<T> {
  const start = Date.now();
  const took = () => elapsed(Date.now() - start);
  const tell = () => {
    const parts = [detail(), `${took()} so far`].filter((part) => part !== "");
    log(`  ${what}: ${parts.join(", ")}`);
  };
  log(`  ${what} ...`);
  const timer = setInterval(tell, TELL_EVERY_MS);
  try {
    const outcome = await work();
    log(`  ${what}: done after ${took()}`);
    return outcome;
  } finally {
    clearInterval(timer);
  }
}
