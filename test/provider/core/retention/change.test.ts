import { describe, expect, it } from "vitest";
import { UserError } from "../../../../provider/core/errors";
import { judgeChange } from "../../../../provider/core/retention/change";
import type { RetentionInputs } from "../../../../provider/core/retention/fields";
import type { Kept } from "../../../../provider/core/retention/kept";
import { isoTimestamp } from "../../../../provider/core/values";
import { clocks } from "../../../support/readings";
import { failure, someDay } from "../../../support/virtualClock";

const what = 'snapshot "nightly" (7)';
const inDays = (days: number) => isoTimestamp(someDay + days * 86_400_000);

/** Judges a new end, and arguments beside it. */
const judge = (kept: Partial<Kept>, keptUntil: unknown, news: Partial<RetentionInputs> = {}) =>
  judgeChange({ what, ...kept }, news, [{ property: "keptUntil", wanted: keptUntil }], async () =>
    clocks(someDay),
  );

describe("a change of a retention", () => {
  it.each<[string, Partial<Kept>, unknown, string[]]>([
    [
      "that shortens it is warned of",
      { keptUntil: inDays(9) },
      inDays(5),
      [`${what}: its retention is shortened: kept until ${inDays(5)} instead of until ${inDays(9)}`],
    ],
    [
      "that ends it at this very moment says what a server makes of that",
      { keptUntil: inDays(9) },
      inDays(0),
      [
        `${what}: its retention is shortened: kept until ${inDays(0)} instead of until ${inDays(9)}; that is past, so ` +
          "a server that removes what is over removes it soon",
      ],
    ],
    ["to the same instant is none", { keptUntil: inDays(9) }, inDays(9), []],
    ["that leaves none where there was none is none", {}, null, []],
    [
      "that takes it out is warned of",
      { keptUntil: inDays(9) },
      null,
      [`${what}: no retention is promised any more: the server never removes it, and a destroy deletes it`],
    ],
    ["that promises one where nobody had is no loss", {}, inDays(5), []],
    [
      "that promises one that is past says what a server makes of that",
      {},
      inDays(-1),
      [
        `${what} is kept until ${inDays(-1)}; that is past, so a server that removes what is over removes it soon`,
      ],
    ],
  ])("%s", async (_case, kept, wanted, warnings) => expect(await judge(kept, wanted)).toEqual(warnings));

  it("that keeps for good by its mode what had an end, or is about something else, loses nothing", async () => {
    expect(await judge({ keptUntil: inDays(9) }, null, { retentionMode: "governance" })).toEqual([]);
    const renamed = [{ property: "name", wanted: "new" }];
    expect(
      await judgeChange({ what, keptUntil: inDays(9) }, {}, renamed, async () => clocks(someDay)),
    ).toEqual([]);
  });

  it("asks no clock where the mode lets everything pass and nothing comes closer", async () => {
    const read = async () => Promise.reject(new Error("nobody is to ask"));
    const longer = [{ property: "keptUntil", wanted: inDays(10) }];
    expect(await judgeChange({ what, keptUntil: inDays(9) }, {}, longer, read)).toEqual([]);
  });

  it.each([
    ["governance", "Or set allowShorten: true."],
    ["compliance", "There is no way around this."],
  ] as const)("that shortens it in the mode %s is refused, with the way out", async (mode, wayOut) => {
    const kept = { keptUntil: inDays(9), mode };
    const error = await failure(judge(kept, inDays(5), { retentionMode: mode }), UserError);
    expect(error.message).toBe(
      `keptUntil: ${what} is kept until ${inDays(9)} in the mode "${mode}", which is not shortened to ${inDays(5)}. ` +
        `Declare ${inDays(9)} or later. ${wayOut}`,
    );
    expect(error.property).toBe("keptUntil");
  });

  it.each([
    ["governance", undefined, "none", "Or set allowShorten: true."],
    ["compliance", "governance", "governance", "There is no way around this."],
  ] as const)(
    "that softens the mode %s before its end is refused",
    async (mode, retentionMode, to, wayOut) => {
      const kept = { keptUntil: inDays(9), mode };
      const error = await failure(judge(kept, inDays(9), { retentionMode }), UserError);
      expect(error.message).toBe(
        `retentionMode: ${what} is kept until ${inDays(9)} in the mode "${mode}", which is not taken back to "${to}" ` +
          `before. ${wayOut}`,
      );
      expect(error.property).toBe("retentionMode");
    },
  );

  it("that ends what governance keeps for good is refused, and told to declare no end", async () => {
    const error = await failure(
      judge({ mode: "governance" }, inDays(5), { retentionMode: "governance" }),
      UserError,
    );
    expect(error.message).toBe(
      `keptUntil: ${what} is kept for good in the mode "governance", which is not shortened to ${inDays(5)}. Declare ` +
        "no end. Or set allowShorten: true.",
    );
  });

  it("passes in governance with allowShorten, and in any mode once the end has come", async () => {
    const governed = { keptUntil: inDays(9), mode: "governance" } as const;
    expect(await judge(governed, inDays(5), { allowShorten: true })).toHaveLength(1);
    const over = { keptUntil: inDays(-1), mode: "compliance" } as const;
    expect(await judge(over, inDays(-2), { allowShorten: false })).toHaveLength(1);
    const refused = judge({ ...governed, mode: "compliance" }, inDays(5), { allowShorten: true });
    await failure(refused, UserError);
  });
});
