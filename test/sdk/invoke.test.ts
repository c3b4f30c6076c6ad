import { inspect } from "node:util";
import { runInNewContext } from "node:vm";
import * as pulumi from "@pulumi/pulumi";
import { beforeAll, describe, expect, it } from "vitest";
// A look-up loads this when it is first used.
import "../../provider/fronts/invoke";
import { lookUp } from "../../sdk/invoke";

// Tests of other files in this process may have left mocks.
beforeAll(() => pulumi.runtime.setMockOptions(undefined));

/** Calls from a file of somebody's program. */
function fromProgram<T>(call: () => Promise<T>): Promise<unknown> {
  const program = runInNewContext("(call) => call()", {}, { filename: "/home/user/program/index.js" });
  return (program(call) as Promise<T>).then(
    () => expect.fail("it should have failed"),
    (error: unknown) => error,
  );
}

describe("the error of a look-up that fails", () => {
  it("holds the message and the program's own frames, nothing of Pulumi's", async () => {
    const error = (await fromProgram(() => lookUp("waldur:getNothing", {}))) as Error;
    expect(error.message).toBe('this version of the package has no function "waldur:getNothing"');
    const [head, ...frames] = (error.stack ?? "").split("\n");
    expect(head).toBe(`Error: ${error.message}`);
    expect(frames.some((frame) => frame.includes("/home/user/program/index.js"))).toBe(true);
    expect(frames.filter((frame) => /node_modules|sdk.invoke/.test(frame))).toEqual([]);
    // Node colours what it prints; with a frame of Pulumi's own this never came to an end.
    expect(inspect(error, { colors: true })).toContain(error.message);
  });
});
