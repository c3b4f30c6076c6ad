import { describe, expect, it, vi } from "vitest";
import { UserError } from "../../../../provider/core/errors";
import type { Observed } from "../../../../provider/core/retention/differences";
import type { RetentionInputs } from "../../../../provider/core/retention/fields";
import { type Looked, permitRetention } from "../../../../provider/core/retention/permit";
import { clocks } from "../../../support/readings";
import { failure } from "../../../support/virtualClock";

const at = Date.UTC(2026, 10, 21, 8);
const inDays = (days: number) => new Date(at + days * 86_400_000).toISOString();
const shortened = [{ property: "keptUntil", wanted: inDays(5) }];

function asked(
  olds: Observed,
  news: Partial<RetentionInputs>,
  replaces: boolean,
  now: Partial<Looked> | "gone",
) {
  const there: Looked = {
    kept: { what: "snapshot 7", keptUntil: olds.keptUntil, mode: olds.retentionMode },
    wanted: news,
    neverMade: false,
    changes: () => shortened,
    ...(now === "gone" ? {} : now),
  };
  const look = vi.fn(async () => (now === "gone" ? undefined : there));
  const changes = [
    { property: "name", kind: "update" as const },
    ...(replaces ? [{ property: "source", kind: "replace" as const }] : []),
  ];
  return { look, done: permitRetention(olds, news, changes, look, async () => clocks(at)) };
}

describe("a change in place", () => {
  it("asks the server only in a mode that forbids something", async () => {
    for (const retentionMode of [undefined, "none"] as const) {
      const { look, done } = asked(
        { keptUntil: inDays(9), retentionMode },
        { keptUntil: inDays(5) },
        false,
        {},
      );
      await done;
      expect(look).not.toHaveBeenCalled();
    }
  });

  it("is judged by what the server says now", async () => {
    const olds = { keptUntil: inDays(9), retentionMode: "governance" } as const;
    const news = { keptUntil: inDays(5), retentionMode: "governance" } as const;
    const error = await failure(asked(olds, news, false, {}).done, UserError);
    expect(error.message).toContain("is not shortened");
    await asked(olds, { ...news, allowShorten: true }, false, {}).done;
    await asked(olds, news, false, { kept: { what: "", keptUntil: inDays(4), mode: "governance" } }).done;
    await asked(olds, news, false, "gone").done;
  });
});

describe("a replacement", () => {
  const olds = { keptUntil: inDays(9) };

  it("is refused before the retention of the old one is over, unless that was forced", async () => {
    const error = await failure(asked(olds, {}, true, {}).done, UserError);
    expect(error.message).toContain("so it is not replaced");
    await asked({ ...olds, forceDelete: true }, {}, true, {}).done;
    // Only what was applied counts, not what is declared with the replacement.
    await failure(asked(olds, { forceDelete: true }, true, {}).done, UserError);
    await asked({ keptUntil: inDays(-1) }, {}, true, {}).done;
  });

  it("passes for what is gone, and for what was never made", async () => {
    await asked(olds, {}, true, "gone").done;
    await asked(olds, {}, true, { neverMade: true }).done;
  });

  it("asks no clock where neither of the two has an end", async () => {
    const read = async () => Promise.reject(new Error("nobody is to ask"));
    const changes = [{ property: "source", kind: "replace" as const }];
    await permitRetention({}, { retainFor: "P1D" }, changes, async () => undefined, read);
  });

  it("is refused where the new one would be over at once, whatever became of the old one", async () => {
    const error = await failure(asked(olds, { keptUntil: inDays(-1) }, true, "gone").done, UserError);
    expect(error.message).toContain("is past");
    expect(error.property).toBe("keptUntil");
  });
});
