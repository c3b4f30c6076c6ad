import { Readable } from "node:stream";
import type { Dispatcher } from "undici";
import { describe, expect, it } from "vitest";
import { ConnectionError } from "../../../../provider/core/errors";
import { longestAnswer, textOf } from "../../../../provider/core/http/body";
import { failure } from "../../../support/virtualClock";

/** An answer whose body comes in these pieces. */
function answer(pieces: Iterable<Buffer>, headers: Record<string, string> = {}) {
  const body = Readable.from(pieces);
  return { body, response: { headers, body } as unknown as Dispatcher.ResponseData };
}
const piece = Buffer.alloc(longestAnswer / 4, "x");

describe("the body of an answer", () => {
  it("is read to its end, whatever falls apart between two pieces", async () => {
    const bytes = Buffer.from("caf\u00e9 \u20ac");
    const pieces = Array.from(bytes, (byte) => Buffer.from([byte]));
    expect(await textOf("GET /x/", answer(pieces).response)).toBe("caf\u00e9 \u20ac");
    expect(await textOf("GET /x/", answer([]).response)).toBe("");
  });

  it("may have 64 MiB", async () => {
    expect(longestAnswer).toBe(64 * 1024 * 1024);
    const { response } = answer([piece, piece, piece, piece], { "content-length": String(longestAnswer) });
    expect(await textOf("GET /x/", response)).toHaveLength(longestAnswer);
  });

  it.each([
    ["as it comes", [piece, piece, piece, piece, Buffer.from("x"), piece], {}],
    ["by its own account, of which nothing is read", [], { "content-length": String(longestAnswer + 1) }],
  ])("that is longer %s is given up, with its connection", async (_case, pieces, headers) => {
    const { response, body } = answer(pieces, headers);
    const error = await failure(textOf("GET /x/", response), ConnectionError);
    expect(error).toMatchObject({
      message: "GET /x/: the answer is longer than 64 MiB, so it was not read",
      sent: true,
      lasting: true,
    });
    expect(body.destroyed).toBe(true);
  });
});
