import { limited } from "../provider/core/deadline";
import type { Context } from "../provider/core/resource/lifecycle";
import type { Io } from "./io";

/** So long may one operation of a command take. */
const limitMinutes = 20;

/**
 * Runs an operation on the server for a command: no stack stands behind it, warnings go to standard error, and Ctrl-C
 * ends it.
 *
 * @throws UserError a few seconds after 20 minutes
 */
export async function operation<Client, T>(
  client: Client,
  { clock, signal: interrupted, stderr }: Io,
  run: (ctx: Context<Client>) => Promise<T>,
): Promise<T> {
  const deadline = clock.now() + limitMinutes * 60_000;
  const { signal, end } = limited(clock, limitMinutes * 60_000, `${limitMinutes} min`, interrupted);
  try {
    return await run({
      client,
      clock,
      identity: { project: "", stack: "", name: "" },
      get timeoutMs() {
        return Math.max(0, deadline - clock.now());
      },
      signal,
      progress: () => undefined,
      warn: (message) => void stderr.write(`warning: ${message}\n`),
    });
  } finally {
    end();
  }
}
