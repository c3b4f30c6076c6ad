import { describe, expect, it } from "vitest";
import { UserError } from "../../../../../provider/core/errors";
import type { Leftover } from "../../../../../provider/core/resource/leftover";
import { lateMs, shownAs } from "../../../../../provider/core/resource/once/options";
import { Machine } from "../../../../support/creations";
import { failure } from "../../../../support/virtualClock";
import { creating, id } from "./creating";

describe("what an earlier run has left", () => {
  const left = (more: Partial<Leftover<string>> = {}): Leftover<string>[] => [
    { object: "x", id: id("x"), what: "volume x", ageMs: 1000, ...more },
  ];

  it("is taken up, and nothing is sent", async () => {
    const machine = new Machine("fake:Thing");
    const { mark } = machine.creation();
    await machine.notes.put({ ...mark, at: 0 });
    const next = machine.creation();
    const { created, send, clock } = creating({
      answers: ["b"],
      creation: next,
      left: left({ nonce: mark.nonce, stack: mark.stack }),
    });
    expect(await clock.run(created)).toMatchObject({ object: "x", takenUp: true });
    expect(send).not.toHaveBeenCalled();
    // Whoever is killed now leaves the same.
    expect(await machine.notes.of(mark.resource)).toEqual([
      expect.objectContaining({ nonce: mark.nonce, id: id("x") }),
    ]);
    expect(next.open).toMatchObject([{ nonce: mark.nonce, id: id("x") }]);
  });

  it("is one, where a request that it repeated was carried out late: the others are removed", async () => {
    const machine = new Machine("fake:Thing");
    const { mark } = machine.creation();
    await machine.notes.put({ ...mark, at: 0 });
    const [one] = left({ nonce: mark.nonce, stack: mark.stack });
    const two = { ...one, object: "y", id: id("y"), what: "volume y", ageMs: 2000 } as Leftover<string>;
    const { tidied, removed, made, warnings } = creating({
      answers: ["b"],
      creation: machine.creation(),
      left: one ? [two, one] : [],
    });
    expect(await made).toBe("x");
    await tidied();
    expect(removed).toEqual(["y"]);
    expect(warnings).toEqual([]);
  });

  it("is waited for while the server may still be at what a killed run sent", async () => {
    const machine = new Machine("fake:Thing");
    const { mark } = machine.creation();
    await machine.notes.put({ ...mark, at: -20_000 });
    const rows: Leftover<string>[] = [];
    const { made, clock, send } = creating({ answers: ["b"], creation: machine.creation(), left: rows });
    void clock.sleep(12_000).then(() => rows.push(...left({ nonce: mark.nonce, stack: mark.stack })));
    expect(await made).toBe("x");
    expect(send).not.toHaveBeenCalled();
    expect(clock.elapsed).toBe(15_000);
  });

  it("is waited for a minute at most", async () => {
    const machine = new Machine("fake:Thing");
    await machine.notes.put({ ...machine.creation().mark, at: -20_000 });
    const { made, clock } = creating({ answers: ["b"], creation: machine.creation(), left: [] });
    expect(await made).toBe("b");
    expect(clock.elapsed).toBe(45_000);
  });

  it("is not waited for where no run of this stack was killed in the last minute", async () => {
    const machine = new Machine("fake:Thing");
    const { mark } = machine.creation();
    await machine.notes.put({ ...mark, at: -lateMs });
    await machine.notes.put({ ...machine.creation({ stack: "another" }).mark, at: -1000 });
    await machine.notes.put({ ...machine.creation().mark, at: -1000, id: id("y"), ended: -500 });
    const { made, clock } = creating({ answers: ["b"], creation: machine.creation(), left: [] });
    expect(await made).toBe("b");
    expect(clock.elapsed).toBe(0);
  });

  it("cannot be waited for where the time limit ends before", async () => {
    const machine = new Machine("fake:Thing");
    await machine.notes.put({ ...machine.creation().mark, at: -20_000 });
    const { made, send } = creating({
      answers: ["b"],
      creation: machine.creation(),
      left: [],
      timeoutMs: 10_000,
    });
    expect((await failure(made, UserError)).message).toBe(
      'snapshot "nightly": an interrupted run asked for it a moment ago, and the server may still be making that one; ' +
        'the time limit ends before that is known. Run "pulumi up" again in 35 s, or allow more time with ' +
        "customTimeouts.",
    );
    expect(send).not.toHaveBeenCalled();
  });

  it("is not waited for again once nothing has come of it", async () => {
    const machine = new Machine("fake:Thing");
    await machine.notes.put({ ...machine.creation().mark, at: -20_000 });
    await creating({ answers: ["b"], creation: machine.creation(), left: [] }).made;
    const { made, clock } = creating({ answers: ["c"], creation: machine.creation(), left: [] });
    await made;
    expect(clock.elapsed).toBe(0);
  });

  it("is asked for with what such runs have noted, and by the second time as it is then", async () => {
    const machine = new Machine("fake:Thing");
    const note = machine.creation().mark;
    await machine.notes.put({ ...note, nonce: "1", at: -62_000 });
    await machine.notes.put({ ...note, nonce: "2", at: -99_000, serverAt: -98_000, over: true });
    await machine.notes.put({ ...note, nonce: "3", at: -1000, id: id("y") });
    await machine.notes.put({ ...note, nonce: "4", at: -1000, id: id("z"), ended: 1 });
    const asked: Parameters<typeof creating>[0]["asked"] = [];
    await creating({ answers: ["b"], creation: machine.creation(), left: [], asked }).made;
    expect(asked).toEqual([
      [false, [id("y")], [-62_000, -98_000]],
      [true, [id("y")], [-62_000, -98_000]],
    ]);
  });

  it("may be followed by what its lost request makes late, which is removed too", async () => {
    const machine = new Machine("fake:Thing");
    const { mark } = machine.creation();
    const known = { ...mark, at: -20_000, lost: { at: -10_000, serverAt: -10_000 } };
    await machine.notes.put(known);
    const rows = left({ nonce: mark.nonce, stack: mark.stack });
    const { clock, tidied, removed } = creating({ answers: ["b"], creation: machine.creation(), left: rows });
    const done = tidied(undefined, async () => {
      rows.push(...left({ object: "l", id: id("l"), nonce: mark.nonce, stack: mark.stack }));
      return "done";
    });
    expect(await done).toBe("done");
    expect([removed, clock.elapsed]).toEqual([["l"], lateMs - 10_000]);
    // A run after this one has to know it too.
    expect(await machine.notes.of(mark.resource)).toMatchObject([{ id: id("x"), lost: known.lost }]);
  });

  it("takes along what was noted of it under another nonce, and nothing else", async () => {
    const machine = new Machine("fake:Thing");
    const { mark } = machine.creation();
    await machine.notes.put({ ...mark, nonce: "same", at: -99_000, id: id("x") });
    await machine.notes.put({ ...mark, nonce: "other", at: -99_000, id: id("y"), ended: 1 });
    const next = machine.creation();
    await creating({
      answers: ["b"],
      creation: next,
      left: left({ nonce: "feed", stack: mark.stack, abandoned: true }),
    }).made;
    expect(next.open.map(({ nonce }) => nonce)).toEqual(["same", "feed"]);
  });
});

describe("what comes of looking for what was made beside", () => {
  it("is the error where everything else went well, and never in the place of another error", async () => {
    const work = (run: () => Promise<string>) => {
      const stop = new AbortController();
      const machine = new Machine("fake:Thing");
      const { mark } = machine.creation();
      const rows = ["x", "y"].map((object) => ({
        object,
        id: id(object),
        what: object,
        ageMs: 0,
        abandoned: true,
        nonce: mark.nonce,
        stack: mark.stack,
      }));
      const { tidied } = creating({
        answers: ["b"],
        creation: machine.creation(),
        left: rows,
        signal: stop.signal,
      });
      return tidied(new Error("cannot"), async () => {
        stop.abort();
        return run();
      });
    };
    await expect(work(async () => "done")).rejects.toThrow("cannot");
    await expect(work(() => Promise.reject(new Error("ERRED")))).rejects.toThrow("ERRED");
  });
});

it("what was created can be shown in other terms, with what is made beside it", async () => {
  const { created, clock } = creating({ answers: ["a"] });
  const made = { ...(await clock.run(created)), takenUp: true };
  const removed: string[] = [];
  const shown = shownAs(
    {
      ...made,
      async finish(run, remove) {
        await remove("e");
        return run();
      },
    },
    (one) => `<${one}>`,
  );
  const done = shown.finish(
    async () => 7,
    async (extra) => void removed.push(extra),
  );
  expect([shown.object, shown.takenUp, await done, removed]).toEqual(["<a>", true, 7, ["<e>"]]);
});
