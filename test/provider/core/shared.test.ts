import { describe, expect, it } from "vitest";
import { Shared } from "../../../provider/core/shared";
import { VirtualClock } from "../../support/virtualClock";

/** A question that takes a second, and answers when it was sent. */
function question() {
  const clock = new VirtualClock();
  const sent: number[] = [];
  const shared = new Shared(clock, async () => {
    const at = clock.elapsed;
    sent.push(at);
    await clock.sleep(1000);
    return at;
  });
  return { clock, sent, shared };
}

describe("a question that is shared", () => {
  it("is asked once for all who ask at the same moment", async () => {
    const { clock, sent, shared } = question();
    const answers = await clock.run(Promise.all(Array.from({ length: 200 }, () => shared.answer())));
    expect(new Set(answers).size).toBe(1);
    expect(sent).toHaveLength(1);
  });

  it("never answers with what was true before it was asked", async () => {
    const { clock, sent, shared } = question();
    const first = shared.answer();
    await clock.pass(500);
    const second = shared.answer();
    expect(await clock.run(Promise.all([first, second]))).toEqual([50, 550]);
    expect(sent).toEqual([50, 550]);
  });

  it("lets who is told to stop leave, and the rest stay", async () => {
    const { clock, shared } = question();
    const stop = new AbortController();
    const leaving = shared.answer(stop.signal).catch((error: Error) => error.message);
    const staying = shared.answer();
    await clock.pass(100);
    stop.abort(new Error("enough"));
    expect(await leaving).toBe("enough");
    expect(await clock.run(staying)).toBe(50);
  });

  it("fails for all who wait, and is asked again by the next", async () => {
    const clock = new VirtualClock();
    let count = 0;
    const shared = new Shared(clock, async () => {
      count += 1;
      if (count === 1) throw new Error("away");
      return count;
    });
    const both = [shared.answer(), shared.answer()].map((answer) =>
      answer.catch((error: Error) => error.message),
    );
    expect(await clock.run(Promise.all(both))).toEqual(["away", "away"]);
    expect(await clock.run(shared.answer())).toBe(2);
  });
});
