import { describe, expect, it } from "vitest";
import { ApiError, ConnectionError, UnusableAnswer, UserError } from "../../../../../provider/core/errors";
import { lateMs } from "../../../../../provider/core/resource/once/options";
import { Machine } from "../../../../support/creations";
import { failure } from "../../../../support/virtualClock";
import { api, creating, id, type Look, lost } from "./creating";

describe("creating once", () => {
  it("takes the answer where there is one, and looks for nothing", async () => {
    const { made, find } = creating({ answers: ["a"] });
    expect(await made).toBe("a");
    expect(find).not.toHaveBeenCalled();
  });

  it.each([
    ["400", api(400)],
    ["403", api(403)],
    ["429", api(429)],
    ["a connection that never stood", new ConnectionError("refused", false)],
    ["a mistake of the user's", new UserError("no")],
  ])("throws %s at once: nothing can have been made", async (_, error) => {
    const { made, send, find, creation } = creating({ answers: [error] });
    await expect(made).rejects.toBe(error);
    expect(send).toHaveBeenCalledTimes(1);
    expect(find).not.toHaveBeenCalled();
    expect(await creation.notes.of(creation.mark.resource)).toEqual([]);
  });

  it("looks once before it believes a 409, which a request that was sent twice on its way gets too", async () => {
    const refused = creating({ answers: [api(409)] });
    await expect(refused.made).rejects.toMatchObject({ status: 409 });
    expect([refused.send, refused.find].map(({ mock }) => mock.calls.length)).toEqual([1, 1]);
    expect(refused.clock.elapsed).toBe(1000);
    expect(await refused.creation.notes.of(refused.creation.mark.resource)).toEqual([]);
    expect(await creating({ answers: [api(409)], looks: [["a"]] }).made).toBe("a");
  });

  it("notes what it begins before it sends anything, and the id as soon as it is known", async () => {
    const { notes, mark, ...creation } = new Machine("fake:Thing").creation();
    const written: (string | undefined)[] = [];
    const put = notes.put.bind(notes);
    const watched = { ...notes, put: async (note: Parameters<typeof put>[0]) => void written.push(note.id) };
    const { made, send } = creating({ answers: ["a"], creation: { ...creation, mark, notes: watched } });
    send.mockImplementationOnce(async () => {
      expect(written).toEqual([undefined]);
      return "a";
    });
    await made;
    expect(written).toEqual([undefined, id("a")]);
  });
});

describe("an answer that does not tell what became of the request", () => {
  it.each<[string, unknown]>([
    ["a reset", lost],
    ["500", api(500)],
    ["502", api(502)],
    ["504", api(504)],
    ["408", api(408)],
    ["303", api(303)],
    ["a page in front of the service that says 404", api(404, false)],
    ["a success with nothing in it", undefined],
    ["a success with null in it", null],
    ["a success with {} in it", {}],
    ["a success with an id that is none", "not an id"],
  ])("(%s) takes over the one that it finds, without a second request", async (_, answer) => {
    const { made, send } = creating({ answers: [answer], looks: [[], ["a"]] });
    expect(await made).toBe("a");
    expect(send).toHaveBeenCalledTimes(1);
  });

  it("is followed by a second request only after three looks that found nothing, over seconds", async () => {
    const { made, send, find, clock } = creating({ answers: [lost, "b"] });
    expect(await made).toBe("b");
    expect(send).toHaveBeenCalledTimes(2);
    expect(find).toHaveBeenCalledTimes(3);
    expect(clock.elapsed).toBe(7000);
  });

  it("is followed by none for a minute where a second object could not be removed again", async () => {
    const { made, send, clock } = creating({ answers: [lost, "b"], irrevocable: true });
    expect(await made).toBe("b");
    expect(send).toHaveBeenCalledTimes(2);
    expect(clock.elapsed).toBe(lateMs);
  });

  it("is followed by none where too little time is left to see what the first one makes late", async () => {
    for (const [timeoutMs, sends] of [
      [2 * lateMs, 1],
      [2 * lateMs + 1, 2],
    ] as const) {
      const { made, send, creation } = creating({ answers: [lost, "a"], timeoutMs });
      await (sends === 1 ? expect(made).rejects.toBe(lost) : made);
      expect(send).toHaveBeenCalledTimes(sends);
      const [note] = await creation.notes.of(creation.mark.resource);
      expect(note).toMatchObject({ nonce: creation.mark.nonce });
    }
  });

  it("leaves a server longer whose gateway lost patience", async () => {
    const { made, clock } = creating({ answers: [api(504), "b"] });
    await made;
    expect(clock.elapsed).toBe(30_000);
  });

  it("is thrown after three requests that made nothing in a minute, and noted for the next run", async () => {
    const { made, send, creation, clock } = creating({ answers: [lost, lost, api(503)] });
    expect((await failure(made, ApiError)).status).toBe(503);
    expect(send).toHaveBeenCalledTimes(3);
    expect(clock.elapsed).toBe(7000 + 7000 + lateMs);
    expect(await creation.notes.of(creation.mark.resource)).toMatchObject([{ nonce: creation.mark.nonce }]);
  });

  it("leaves what may be somebody else's to a person: the error names it", async () => {
    const { made, send } = creating({ answers: [lost], looks: [["?a", "?b"]] });
    expect((await failure(made, UserError)).message).toBe(
      'snapshot "nightly": the answer was lost (POST /x/: no answer: reset), and this may be what it has created, or ' +
        "somebody else's: <a>, <b>. Delete the wrong one, or import the right one.",
    );
    expect(send).toHaveBeenCalledTimes(1);
  });

  it("finds in a later round what an earlier request made after all", async () => {
    const { made, send } = creating({ answers: [lost, lost], looks: [[], [], [], ["l"]] });
    expect(await made).toBe("l");
    expect(send).toHaveBeenCalledTimes(2);
  });

  it("is looked up once more where the next request is refused: a quota may be full of what the first made", async () => {
    const { made, send } = creating({ answers: [lost, api(400)], looks: [[], [], [], ["a"]] });
    expect(await made).toBe("a");
    expect(send).toHaveBeenCalledTimes(2);
    const refused = creating({ answers: [lost, api(400)] });
    expect((await failure(refused.made, ApiError)).status).toBe(400);
    expect(refused.send).toHaveBeenCalledTimes(2);
  });
});

describe("what another create of this process has made", () => {
  it("is not taken over, and does not stand in the way", async () => {
    const others = () => new Set([id("o")]);
    expect(await creating({ answers: [lost], looks: [["o", "m"]], claimed: others() }).made).toBe("m");
    const none = creating({ answers: [lost, "b"], looks: [["o"]], claimed: others() });
    expect(await none.made).toBe("b");
    expect(none.send).toHaveBeenCalledTimes(2);
    const maybe = creating({ answers: [lost, "b"], looks: [["?o"]], claimed: others() });
    expect(await maybe.made).toBe("b");
  });

  it("is known from the moment that it is made, however it was", async () => {
    const claimed = new Set<string>();
    await creating({ answers: ["a"], claimed }).made;
    await creating({ answers: [lost], looks: [["b"]], claimed }).made;
    await failure(creating({ answers: [api(400)], claimed }).made, ApiError);
    expect([...claimed]).toEqual([id("a"), id("b")]);
  });
});

describe("while the server does not tell during the look-up", () => {
  it.each<[string, Error]>([
    ["503", api(503)],
    ["401", api(401)],
    ["403", api(403)],
    ["a redirect", api(302)],
    ["a page of HTML", api(404, false)],
    ["a connection that breaks", lost],
    ["credentials that are refused", new UserError("the password is wrong")],
  ])("(%s) it goes on looking and sends nothing", async (_, error) => {
    const { made, send, find } = creating({
      answers: [lost],
      looks: [...Array.from({ length: 20 }, () => error), ["a"]],
    });
    expect(await made).toBe("a");
    expect(send).toHaveBeenCalledTimes(1);
    expect(find).toHaveBeenCalledTimes(21);
  });

  it("counts only looks that were answered before it sends again", async () => {
    const looks: Look[] = [api(503), [], lost, [], api(429), []];
    const { made, find } = creating({ answers: [lost, "b"], looks });
    expect(await made).toBe("b");
    expect(find).toHaveBeenCalledTimes(6);
  });

  it("gives up at the time limit of the create, says what is not known, and leaves a note", async () => {
    const { made, send, clock, creation } = creating({
      answers: [lost],
      looks: [api(401)],
      timeoutMs: 600_000,
    });
    const { message } = await failure(made, UserError);
    expect(message).toContain("the provider could not tell whether it was created (POST /x/ answered 401");
    expect(message).toContain('The next "pulumi up" looks for it again');
    expect(send).toHaveBeenCalledTimes(1);
    expect(clock.elapsed).toBeGreaterThanOrEqual(600_000);
    expect(clock.elapsed).toBeLessThan(631_000);
    expect(await creation.notes.of(creation.mark.resource)).toHaveLength(1);
  });

  it("stops with the signal", async () => {
    const stop = new AbortController();
    const { made, send, find } = creating({ answers: [lost], signal: stop.signal });
    find.mockImplementationOnce(async () => {
      stop.abort(new Error("enough"));
      return { ours: [], maybe: [] };
    });
    await expect(made).rejects.toThrow(/could not tell whether it was created \(enough\)/);
    expect(send).toHaveBeenCalledTimes(1);
  });
});

describe("after a request that was repeated", () => {
  it("looks once more a minute after the answer was lost, and removes what the first one made late", async () => {
    const { clock, tidied, removed, warnings } = creating({
      answers: [lost, "b"],
      looks: [[], [], [], ["b", "l"]],
    });
    await tidied();
    expect(clock.elapsed).toBe(lateMs);
    expect(removed).toEqual(["l"]);
    expect(warnings).toEqual([]);
  });

  it("does so too where what was made fails", async () => {
    const { tidied, removed } = creating({ answers: [lost, "b"], looks: [[], [], [], ["b", "l"]] });
    await expect(tidied(undefined, () => Promise.reject(new Error("ERRED")))).rejects.toThrow("ERRED");
    expect(removed).toEqual(["l"]);
  });

  it("names both where the late one cannot be removed", async () => {
    const { tidied, warnings } = creating({ answers: [lost, "b"], looks: [[], [], [], ["b", "l"]] });
    await tidied(new UserError("it is retained until 2035"));
    expect(warnings).toEqual([
      'snapshot "nightly" was created twice: <b> is kept, <l> is not in the state and could not be removed: it is ' +
        "retained until 2035",
    ]);
  });

  it("names what may be a second one, and removes nothing that may be somebody else's", async () => {
    const { tidied, warnings, removed } = creating({
      answers: [lost, "b"],
      looks: [[], [], [], ["b", "?x"]],
    });
    await tidied();
    expect(removed).toEqual([]);
    expect(warnings).toEqual(['snapshot "nightly" may have been created twice: <x>']);
  });

  it("looks again where the server does not tell, and says so where it never does", async () => {
    const later = creating({ answers: [lost, "b"], looks: [[], [], [], api(403), api(401), ["b", "l"]] });
    await later.tidied();
    expect(later.removed).toEqual(["l"]);
    const { tidied, warnings, clock } = creating({ answers: [lost, "b"], looks: [[], [], [], api(403)] });
    await tidied();
    expect(clock.elapsed).toBeGreaterThanOrEqual(600_000);
    expect(warnings).toEqual([
      expect.stringContaining("may have been created twice, which could not be looked up"),
    ]);
  });

  it("there is nothing to look for where it was sent once, or refused for certain before", async () => {
    for (const answers of [["a"], [new ConnectionError("refused", false)]]) {
      const { tidied, find, made } = creating({ answers });
      await made.then(
        () => tidied(),
        () => undefined,
      );
      expect(find).not.toHaveBeenCalled();
    }
    const once = creating({ answers: [lost], looks: [["a"]] });
    await once.tidied();
    expect(once.find).toHaveBeenCalledTimes(1);
  });
});

describe("a success that holds no id", () => {
  it.each([
    [undefined, "nothing"],
    [{}, "{}"],
    [{ name: "x".repeat(300) }, `{"name":"${"x".repeat(191)}`],
  ])("is told with what it held, where nothing was made: %j", async (answer, words) => {
    const { made, creation, clock } = creating({ answers: [answer], timeoutMs: 2 * lateMs });
    const error = await failure(made, UnusableAnswer);
    expect(error.message).toBe(`the answer to the request holds no id: ${words}`);
    // The next run knows when the answer was lost.
    const [note] = await creation.notes.of(creation.mark.resource);
    expect(note?.lost).toEqual({ at: clock.start, serverAt: clock.start });
  });
});
