import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ConnectionError, PartialError, type WaitEnd, WaitError } from "../../../../provider/core/errors";
import { applied, appliedKey } from "../../../../provider/core/resource/diff";
import type { Properties } from "../../../../provider/core/resource/lifecycle";
import { keeping, keptAs, only, stateAfter } from "../../../../provider/core/resource/partial";
import { failure } from "../../../support/virtualClock";

const kept = { id: "7", outputs: async () => ({ read: true }), fallback: { read: false } };
const lost = new ConnectionError("no answer", true);

/** What is kept when something fails after the id is known. */
const keptAfter = (error: unknown, more: Partial<typeof kept> = {}) =>
  failure(
    keeping({ ...kept, ...more }, () => Promise.reject(error)),
    PartialError,
  );

describe("what runs once an id is known", () => {
  it("gives its result, and reads nothing more", async () => {
    const outputs = () => Promise.reject(new Error("was read"));
    expect(await keeping({ ...kept, outputs }, async () => "done")).toBe("done");
  });

  it("keeps the object with what it shows and the reason, whatever fails", async () => {
    expect(await keptAfter(lost)).toMatchObject({
      id: "7",
      outputs: { read: true },
      reasons: ["no answer"],
      cause: lost,
    });
    expect(await keptAfter("a string")).toMatchObject({ reasons: ["a string"] });
  });

  it("keeps what was known where the object cannot be read either", async () => {
    const outputs = () => Promise.reject(new Error("away"));
    expect(await keptAfter(lost, { outputs })).toMatchObject({
      outputs: { read: false },
      reasons: ["no answer"],
    });
  });

  it("leaves alone what was kept further inside", async () => {
    const inner = new PartialError("8", {}, ["inner"]);
    expect(await keptAfter(inner)).toBe(inner);
  });

  it.each<[WaitEnd, RegExp]>([
    ["failed", /^it failed\. Replace it with .*--replace <urn>", or destroy it\.$/],
    ["refused", /^it failed$/],
    ["timeout", /^it failed\. The next "pulumi up" goes on waiting\.$/],
    ["gone", /^it failed\. The next "pulumi up" goes on waiting\.$/],
    ["unreachable", /^it failed\. The next "pulumi up" goes on waiting\.$/],
    ["cancelled", /^it failed\. The next "pulumi up" goes on waiting\.$/],
  ])("says what to do after a wait that ended %s", async (end, reason) => {
    const { reasons } = await keptAfter(new WaitError(end, "it failed", []));
    expect(reasons).toEqual([expect.stringMatching(reason)]);
  });
});

describe("the state", () => {
  interface Inputs extends Properties {
    name: string;
    mode?: string | undefined;
    size?: number | undefined;
  }
  const look = async (): Promise<Properties> => ({ name: "as read", mode: "as read", status: "available" });
  const shape = { locals: ["mode"] as const, look };
  const news: Inputs = { name: "new", mode: "new", size: 2 };
  const olds: Inputs = { name: "old", mode: "old", size: 1 };

  it("after a success is what the server shows, beside what only the state knows and prints of what was applied", async () => {
    expect(await stateAfter(shape, news)).toEqual({
      name: "as read",
      mode: "new",
      status: "available",
      [appliedKey]: applied(news),
    });
  });

  it("after a success has no local argument that is not declared, whatever the server shows", async () => {
    const inputs: Inputs = { name: "new" };
    const state = await stateAfter({ ...shape, look: async () => ({ status: "available" }) }, inputs);
    expect(state).toEqual({ status: "available", [appliedKey]: applied(inputs) });
  });

  it("after a failure is what the server shows, and counts what was declared before as declared still", async () => {
    const state = { ...olds, mode: "old", [appliedKey]: applied(olds) };
    const { outputs, id } = keptAs("7", shape, news, state);
    expect(id).toBe("7");
    expect(await outputs()).toEqual({
      name: "as read",
      mode: "new",
      status: "available",
      [appliedKey]: applied(olds),
    });
  });

  it("after a failure that leaves it unread is what it was, and where nothing was known what was declared", () => {
    const before = { name: "old", [appliedKey]: applied({ name: "old" }) };
    expect(keptAs("7", shape, news, before).fallback).toEqual({
      name: "old",
      mode: "new",
      size: 2,
      [appliedKey]: { ...applied(news), ...applied({ name: "old" }) },
    });
  });
});

it("some of the properties are those that are there", () => {
  fc.assert(
    fc.property(
      fc.dictionary(fc.stringMatching(/^[a-z]{1,3}$/), fc.option(fc.jsonValue(), { nil: undefined })),
      fc.uniqueArray(fc.stringMatching(/^[a-z]{1,3}$/)),
      (values, names) => {
        const there = names.filter((name) => values[name] !== undefined);
        expect(Object.keys(only(values, names))).toEqual(there);
        for (const name of there) expect(only(values, names)[name]).toBe(values[name]);
      },
    ),
  );
});
