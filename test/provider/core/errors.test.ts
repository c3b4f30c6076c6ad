import { describe, expect, it } from "vitest";
import {
  ApiError,
  allWrong,
  ConnectionError,
  isAmbiguous,
  isTransient,
  messageOf,
  PartialError,
  UnusableAnswer,
  UserError,
  type WaitEnd,
  WaitError,
} from "../../../provider/core/errors";
import { keeping } from "../../../provider/core/resource/partial";
import { failure } from "../../support/virtualClock";

const api = (status: number, json = true) =>
  new ApiError({ method: "POST", path: "/", status, reason: "", json });

describe("what an error means", () => {
  // status, may a write have been carried out, can asking again help
  it.each<[string, unknown, boolean, boolean]>([
    ["400", api(400), false, false],
    ["401", api(401), false, false],
    ["403", api(403), false, false],
    ["404", api(404), false, false],
    ["303", api(303), true, false],
    ["404 as a page", api(404, false), true, false],
    ["408", api(408), true, true],
    ["409", api(409), false, false],
    ["425", api(425), false, true],
    ["429", api(429), false, true],
    ["429 as a page", api(429, false), false, true],
    ["500", api(500), true, true],
    ["504", api(504), true, true],
    ["a connection that never stood", new ConnectionError("", false), false, true],
    ["a connection that broke", new ConnectionError("", true), true, true],
    ["a success without an id", new UnusableAnswer(""), true, false],
    ["a mistake in the program", new TypeError(""), false, false],
    ["something that is no error", "oh", false, false],
  ])("%s", (_, error, ambiguous, transient) => {
    expect(isAmbiguous(error)).toBe(ambiguous);
    expect(isTransient(error)).toBe(transient);
  });

  it("has a message, whatever was thrown", () => {
    expect(messageOf(new Error("oh"))).toBe("oh");
    expect(messageOf("oh")).toBe("oh");
    expect(messageOf(undefined)).toBe("undefined");
  });
});

describe("a mistake of the user's", () => {
  it("names the property that is wrong, in the message and beside it", () => {
    const error = new UserError("10 GiB is too little", "size");
    expect(error).toMatchObject({ property: "size", reason: "10 GiB is too little" });
    expect(error.message).toBe("size: 10 GiB is too little");
  });

  it("can have a message of its own, or be about no property", () => {
    const setting = new UserError("it is not set", "cloud", "ns:cloud is not set");
    expect(setting).toMatchObject({ property: "cloud", reason: "it is not set" });
    expect(setting.message).toBe("ns:cloud is not set");
    const other = new UserError("size: that is only how it begins");
    expect(other).toMatchObject({ property: undefined, reason: "size: that is only how it begins" });
    expect(other.message).toBe(other.reason);
  });

  it("keeps its property when it is the only one, and has none among several", () => {
    const [one, two] = [new UserError("too small", "size"), new UserError("too long", "name")];
    expect(allWrong([one], "; ")).toBe(one);
    const both = allWrong([one, two], "; ");
    expect(both).toMatchObject({ property: undefined, message: "size: too small; name: too long" });
  });
});

describe("keeping an object whose id is known", () => {
  const kept = { id: "9f3c", outputs: async () => ({ state: "ERRED" }), fallback: { uuid: "9f3c" } };
  const wait = (end: WaitEnd) => new WaitError(end, `ended: ${end}`, []);
  const fail = (error: unknown) => async () => {
    throw error;
  };

  it("gives the result where nothing fails", async () => expect(await keeping(kept, async () => 7)).toBe(7));

  it("carries id, fresh outputs and the reason otherwise", async () => {
    const cause = api(409);
    const error = await failure(keeping(kept, fail(cause)), PartialError);
    expect(error).toMatchObject({ id: "9f3c", outputs: { state: "ERRED" }, reasons: [cause.message], cause });
  });

  it("falls back to what is known where not even a read works", async () => {
    const silent = { ...kept, outputs: fail(api(503)) as never };
    expect((await failure(keeping(silent, fail(api(409))), PartialError)).outputs).toEqual({ uuid: "9f3c" });
  });

  it("does not wrap twice", async () => {
    const inner = new PartialError("x", {}, ["y"]);
    expect(await failure(keeping(kept, fail(inner)), PartialError)).toBe(inner);
  });

  it.each<[WaitEnd, string]>([
    ["failed", 'ended: failed. Replace it with "pulumi up --replace <urn>", or destroy it.'],
    ["timeout", 'ended: timeout. The next "pulumi up" goes on waiting.'],
    ["cancelled", 'ended: cancelled. The next "pulumi up" goes on waiting.'],
    ["unreachable", 'ended: unreachable. The next "pulumi up" goes on waiting.'],
    ["refused", "ended: refused"],
  ])("says what to do after a wait that ended %s", async (end, reason) => {
    expect((await failure(keeping(kept, fail(wait(end))), PartialError)).reasons).toEqual([reason]);
  });
});

it("a message leaves out the fields that a request asks for, which tell nobody why it failed", () => {
  const path = "/api/x/?page_size=300&field=uuid&field=name&o=-created";
  const error = new ApiError({ method: "GET", origin: "https://x", path, status: 403, reason: "No." });
  expect(error.message).toBe("GET https://x/api/x/?page_size=300&o=-created answered 403: No.");
  expect(error.path).toBe(path);
  const bare = new ApiError({ method: "GET", path: "/api/x/?field=uuid", status: 403, reason: "No." });
  expect(bare.message).toBe("GET /api/x/ answered 403: No.");
});

describe("an error", () => {
  it.each<[string, Error]>([
    ["UserError", new UserError("x")],
    ["ApiError", api(400)],
    ["ConnectionError", new ConnectionError("x", true)],
    ["WaitError", new WaitError("failed", "x", [])],
    ["PartialError", new PartialError("7", {}, ["x"])],
    ["UnusableAnswer", new UnusableAnswer("x")],
  ])("says by its name that it is a %s", (name, error) => {
    expect(error.name).toBe(name);
    expect(error).not.toHaveProperty("cause");
  });

  it("of several reasons has them all", () => {
    expect(new PartialError("7", {}, ["one", "two"]).message).toBe("one; two");
  });

  it("has what caused it", () => {
    const cause = new Error("deep");
    expect(new WaitError("failed", "x", [], cause).cause).toBe(cause);
    expect(new PartialError("7", {}, ["x"], cause).cause).toBe(cause);
  });

  it("of an answer whose form nobody looked at takes it for none of the API's", () => {
    expect(new ApiError({ method: "GET", path: "/", status: 404, reason: "" })).toMatchObject({
      json: false,
      keys: [],
    });
    const parts = { method: "GET", path: "/", status: 404, reason: "", keys: ["detail"] };
    expect(new ApiError(parts).keys).toEqual(["detail"]);
  });

  it("may come of something that asking again does not help", () => {
    expect(isTransient(new ConnectionError("too long", true, { lasting: true }))).toBe(false);
  });
});
