import type { Dispatcher } from "undici";
import { ConnectionError } from "../errors";

const mib = 2 ** 20;

/** An answer may be so long. A page of 300 rows has 2 MiB; what is longer than this is no answer of these APIs. */
export const longestAnswer = 64 * mib;

/**
 * Reads the body of an answer to its end, and no further than it may be long.
 *
 * @param line the request, for messages
 * @throws ConnectionError where it is longer; what follows is not read, and asking again would not help
 */
export async function textOf(line: string, { headers, body }: Dispatcher.ResponseData): Promise<string> {
  const said = Number(headers["content-length"] ?? 0);
  const chunks: Buffer[] = [];
  let length = 0;
  if (said <= longestAnswer) {
    for await (const chunk of body as AsyncIterable<Buffer>) {
      length += chunk.length;
      if (length > longestAnswer) break;
      chunks.push(chunk);
    }
    if (length <= longestAnswer) return Buffer.concat(chunks).toString("utf8");
  }
  // With what it was going to say, the connection goes too.
  body.on("error", () => undefined).destroy();
  const reason = `${line}: the answer is longer than ${longestAnswer / mib} MiB, so it was not read`;
  throw new ConnectionError(reason, true, { lasting: true });
}
