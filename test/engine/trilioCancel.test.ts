import { describe, expect, it } from "vitest";
import type { TrilioEmulator } from "../../emulator";
import { front } from "./support/stack";
import { atOnce, idsOf, letGo, threeKinds, trilioRoutes, trilioScenario } from "./support/trilio";

/** How often the cancel of each restore was asked for, by the id of the restore. */
function cancels(trilio: TrilioEmulator): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { route, path } of trilio.requests) {
    const id = path.split("/").at(-2) ?? "";
    if (route === trilioRoutes.cancel) counts[id] = (counts[id] ?? 0) + 1;
  }
  return counts;
}

/** Runs of the engine are many here; on a busy machine each takes its time. */
const patience = { timeout: 300_000 };

describe("a restore that takes longer than its time limit", patience, () => {
  it("is left to itself, and the next up goes on waiting for the same one", () =>
    trilioScenario({ guesses: atOnce }, async ({ trilio, stack, sent }) => {
      trilio.faults.add({ route: trilioRoutes.restore, times: 3, action: { kind: "stuck" } });
      stack.declare(threeKinds(trilio, {}, { customTimeouts: { create: "2s" } }));
      const text = await stack.upFails({ continueOnError: true });
      expect(text).toMatch(/not done after [0-2] s/);
      expect(text).toContain('The next "pulumi up" goes on waiting.');
      expect(Object.values(stack.resources()).map(({ initErrors }) => initErrors?.length)).toEqual([1, 1, 1]);
      const ids = idsOf(stack);

      letGo(trilio);
      const { changes } = await stack.up();
      expect(changes).toEqual({ update: 3, same: 1 });
      expect(idsOf(stack)).toEqual(ids);
      expect(sent(trilioRoutes.restore)).toHaveLength(3);
      expect(cancels(trilio)).toEqual({});
      trilio.resetRequests();
      expect((await stack.up()).changes).toEqual({ same: 4 });
      expect(trilio.writes).toEqual([]);
    }));

  it("is cancelled where that is wanted: once, and its end is told by the next up", () =>
    trilioScenario({ guesses: atOnce }, async ({ trilio, stack, sent }) => {
      trilio.faults.add({ route: trilioRoutes.restore, times: 3, action: { kind: "stuck" } });
      // A refused token is the one answer that lets the request go out again: nothing was carried out.
      const refused = trilio.faults.add({
        route: trilioRoutes.cancel,
        action: { kind: "answer", status: 401 },
      });
      const lost = trilio.faults.add({ route: trilioRoutes.cancel, action: { kind: "dropAnswer" } });
      stack.declare(threeKinds(trilio, { onInterrupt: "cancel" }, { customTimeouts: { create: "2s" } }));
      const text = await stack.upFails({ continueOnError: true });
      expect([refused.hits, lost.hits]).toEqual([1, 1]);
      expect(text).toContain("its cancellation was asked for");
      expect(text).toContain("its cancellation may not have been heard and is not repeated");
      const ids = Object.values(idsOf(stack));
      expect(ids).toHaveLength(3);
      expect(Object.keys(cancels(trilio)).sort()).toEqual([...ids].sort());
      expect(Object.values(cancels(trilio)).sort()).toEqual([1, 1, 2]);

      // A cancel that was carried out once more would not be seen in the end, so the requests tell.
      trilio.resetRequests();
      const after = await stack.upFails({ continueOnError: true });
      expect(after.match(/cancelled: the server gives no reason/g)?.length).toBeGreaterThanOrEqual(3);
      await stack.destroy();
      expect(cancels(trilio)).toEqual({});
      expect(sent(trilioRoutes.restore)).toEqual([]);
      expect(sent(trilioRoutes.remove)).toHaveLength(3);
    }));
});

describe("a restore that runs", patience, () => {
  it("is cancelled, waited for and then forgotten when it is destroyed; no cancel is ever repeated", () =>
    trilioScenario({ guesses: { ...atOnce, deleteSeconds: 200 } }, async ({ trilio, stack, sent }) => {
      trilio.faults.add({ route: trilioRoutes.restore, times: 3, action: { kind: "stuck" } });
      stack.declare(threeKinds(trilio, {}, { customTimeouts: { create: "2s" } }));
      await stack.upFails({ continueOnError: true });
      const ids = Object.values(idsOf(stack));
      const answers = [
        { kind: "dropAnswer" },
        { kind: "answer", status: 503 },
        { kind: "answer", status: 429, headers: { "Retry-After": "1" } },
      ] as const;
      const ill = answers.map((action) => trilio.faults.add({ route: trilioRoutes.cancel, action }));
      trilio.resetRequests();
      // Who was not told to stop comes to its end, and is waited for.
      const watching = setInterval(() => sent(trilioRoutes.cancel).length === 3 && letGo(trilio), 20);
      const { text } = await stack.destroy().finally(() => clearInterval(watching));
      expect(ill.map(({ hits }) => hits)).toEqual([1, 1, 1]);
      expect(cancels(trilio)).toEqual(Object.fromEntries(ids.map((id) => [id, 1])));
      expect(text).toContain("its cancellation was refused and is not repeated");
      expect(text).toContain("what it restored stays as it is");
      expect(sent(trilioRoutes.remove)).toHaveLength(3);
      expect(stack.resources()).toEqual({});
    }));

  it.runIf(front === "plugin")(
    "is cancelled once at Ctrl-C where that is wanted, and left to itself otherwise",
    () =>
      trilioScenario({ guesses: atOnce }, async ({ trilio, stack, sent }) => {
        trilio.faults.add({ route: trilioRoutes.restore, times: 3, action: { kind: "stuck" } });
        const [left, ...others] = threeKinds(trilio);
        const [, ...cancelled] = threeKinds(trilio, { onInterrupt: "cancel" });
        expect(others).toHaveLength(2);
        stack.declare([...(left ? [left] : []), ...cancelled]);
        const shown = () =>
          new Set(trilio.requests.filter(({ route }) => route === trilioRoutes.show).map((r) => r.path));
        const text = await stack.interrupted(() => shown().size === 3);
        expect(text).toContain("its cancellation was asked for");
        const ids = idsOf(stack);
        expect(Object.keys(ids).sort()).toEqual(["all", "back", "chosen"]);
        expect(cancels(trilio)).toEqual({ [ids.back ?? ""]: 1, [ids.chosen ?? ""]: 1 });
        await stack.destroy();
        expect(cancels(trilio)).toEqual({ [ids.all ?? ""]: 1, [ids.back ?? ""]: 1, [ids.chosen ?? ""]: 1 });
        expect(sent(trilioRoutes.restore)).toHaveLength(3);
        expect(sent(trilioRoutes.remove)).toHaveLength(3);
      }),
  );
});
