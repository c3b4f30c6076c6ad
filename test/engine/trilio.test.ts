import { describe, expect, it } from "vitest";
import { atOnce, idsOf, seeded, threeKinds, trilioRoutes, trilioScenario } from "./support/trilio";

/** Runs of the engine are many here; on a busy machine each takes its time. */
const patience = { timeout: 300_000 };

describe("restores of the three kinds", patience, () => {
  it("are made, left alone, kept when their snapshot goes, and only forgotten when destroyed", () =>
    trilioScenario({}, async ({ trilio, stack, sent }) => {
      const { world } = trilio;
      stack.declare(threeKinds(trilio));
      const { changes, outputs } = await stack.up();
      expect(changes).toEqual({ create: 4 });
      expect(sent(trilioRoutes.restore)).toHaveLength(3);
      expect(sent(trilioRoutes.cancel)).toEqual([]);

      const all = { kind: "one-click", name: "all restore", description: "everything", status: "available" };
      expect(outputs.all).toMatchObject({ ...all, size: 2 ** 31, uploadedSize: 2 ** 31, host: "TVM2" });
      expect(outputs.all).toMatchObject({
        workload: trilio.id("workloads", "web"),
        projectId: trilio.ids.project,
        metadata: { data_transfer_time: "0", restore_user_selected_value: "Oneclick Restore" },
      });
      expect(outputs.all?.createdAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
      expect(outputs.all?.finishedAt).toMatch(/Z$/);
      const originals = (of: unknown) => (of as { originalId: string }[]).map(({ originalId }) => originalId);
      expect(originals(outputs.all?.instances).sort()).toEqual([seeded.cirros2, seeded.cirros1].sort());
      expect(outputs.chosen).toMatchObject({ kind: "selective", status: "available", networks: [] });
      expect(outputs.chosen?.instances).toMatchObject([{ name: "db-a-drill", originalId: seeded.databaseA }]);
      expect(outputs.back?.instances).toMatchObject([{ id: seeded.databaseA, originalId: seeded.databaseA }]);
      expect(world.overwrittenVolumes.map(({ volumeId }) => volumeId)).toEqual([
        "f6b3fef6-4b0e-487e-84b5-47a14da716ca",
      ]);
      // The one that was not listed is excluded in so many words.
      expect(JSON.stringify(sent(trilioRoutes.restore))).toContain(
        JSON.stringify({ id: seeded.databaseB, include: false }),
      );

      // What only the state knows is no business of the server's; nor is a snapshot that retention removes later.
      trilio.resetRequests();
      const [first] = threeKinds(trilio);
      const keeping = threeKinds(trilio, { onDestroy: "keep-record", onInterrupt: "cancel" }).slice(1);
      stack.declare([...(first ? [first] : []), ...keeping]);
      expect((await stack.up()).changes).toEqual({ update: 2, same: 2 });
      for (const snapshot of ["API taken 2", "before upgrade"])
        world.dropSnapshot(trilio.id("snapshots", snapshot));
      expect((await stack.up({ refresh: true })).changes).toEqual({ same: 4 });
      expect(trilio.writes).toEqual([]);

      // Only the records of those that are not kept go; what was restored stays.
      const ids = idsOf(stack);
      const { text } = await stack.destroy();
      expect(trilio.writes.map(({ route }) => route)).toEqual([trilioRoutes.remove]);
      expect(text).toContain("its record is deleted; what it restored stays as it is");
      expect([...world.restores.keys()]).toEqual(expect.arrayContaining([ids.chosen, ids.back]));
      expect(world.restores.has(ids.all ?? "")).toBe(false);
      const made = world.restoredInstances.filter(({ restoreId }) => Object.values(ids).includes(restoreId));
      expect(made).toHaveLength(4);

      // Whose records are there still can be taken over, without a write.
      trilio.resetRequests();
      const imports = keeping.map((declared) => ({
        ...declared,
        opts: { ...declared.opts, import: ids[declared.name] },
      }));
      stack.declare(imports);
      await stack.up();
      expect(idsOf(stack)).toEqual({ chosen: ids.chosen, back: ids.back });
      stack.declare(keeping);
      expect((await stack.up()).changes).toEqual({ same: 3 });
      expect(trilio.writes).toEqual([]);
    }));

  it("that fail say why, stay in the state, and are not restored a second time unasked", () =>
    trilioScenario({ guesses: atOnce }, async ({ trilio, stack, sent }) => {
      const fail = { kind: "fail", message: "Error creating instance", warning: "quota is low" } as const;
      const failing = trilio.faults.add({ route: trilioRoutes.restore, times: 3, action: fail });
      stack.declare(threeKinds(trilio));
      const text = await stack.upFails({ continueOnError: true });
      expect(failing.hits).toBe(3);
      expect(
        text.match(/error: Error creating instance; warning: quota is low/g)?.length,
      ).toBeGreaterThanOrEqual(3);
      expect(text).toMatch(/begun by request id req-[0-9a-f-]+, seen with request id req-/);
      expect(text).toContain("states seen: restoring at");
      expect(text).toContain('Create it again with "pulumi up --replace <urn>"');
      for (const { initErrors, outputs } of Object.values(stack.resources())) {
        expect(initErrors).toHaveLength(1);
        expect(outputs).toMatchObject({
          status: "error",
          errorMessage: fail.message,
          warningMessage: fail.warning,
        });
      }

      expect(await stack.upFails({ continueOnError: true })).toContain("Error creating instance");
      expect(sent(trilioRoutes.restore)).toHaveLength(3);
      await stack.destroy();
      expect(sent(trilioRoutes.remove)).toHaveLength(3);
      expect(sent(trilioRoutes.cancel)).toEqual([]);
    }));

  it("are made once by a server that is ill: lost answers, 503, 429, 401, HTML, an unknown status", () =>
    trilioScenario({ hurried: true }, async ({ trilio, stack, sent }) => {
      const on = (route: string, action: Parameters<typeof trilio.faults.add>[0]["action"], times = 1) =>
        trilio.faults.add({ route, times, action });
      on(trilioRoutes.restore, { kind: "dropAnswer" });
      on(trilioRoutes.restore, { kind: "drop" });
      on(trilioRoutes.restore, { kind: "unknownStatus", status: "Contemplating", seconds: 1 });
      on(trilioRoutes.show, { kind: "answer", status: 401 });
      on(trilioRoutes.show, { kind: "answer", status: 503 });
      on(trilioRoutes.show, { kind: "answer", status: 429, headers: { "Retry-After": "1" } });
      on(trilioRoutes.show, { kind: "garble", how: "invalid" });
      on(trilioRoutes.remove, { kind: "dropAnswer" });
      on(trilioRoutes.remove, { kind: "slowDelete", seconds: 400 });
      stack.declare(threeKinds(trilio));
      await stack.up();
      const named = ["all restore", "chosen restore", "back restore"].map((name) =>
        trilio.world.restoresNamed(name),
      );
      expect(named.map(({ length }) => length)).toEqual([1, 1, 1]);
      expect(Object.values(idsOf(stack)).sort()).toEqual(
        named.flatMap((each) => each.map(({ id }) => id)).sort(),
      );
      await stack.destroy();
      expect(trilio.faults.remaining).toBe(0);
      expect(sent(trilioRoutes.remove)).toHaveLength(3);
      const left = [...trilio.world.restores.values()].map(({ name }) => name);
      expect(left.filter((name) => name?.endsWith(" restore"))).toEqual([]);
    }));

  it("that overwrite want that to be confirmed, before anything is sent", () =>
    trilioScenario({}, async ({ trilio, stack }) => {
      stack.declare(threeKinds(trilio, { confirmOverwrite: false }).slice(2));
      expect(await stack.upFails({ continueOnError: true })).toContain(
        "set confirmOverwrite: true to say that this is meant",
      );
      expect(trilio.writes).toEqual([]);
    }));

  it("of a snapshot that is not there, or cannot be restored, make nothing", () =>
    trilioScenario({}, async ({ trilio, stack, sent }) => {
      const [all] = threeKinds(trilio);
      const gone = trilio.faults.add({ route: trilioRoutes.restore, action: { kind: "snapshotGone" } });
      const of = (name: string, snapshot: string, options?: object) =>
        ({
          ...all,
          name,
          args: { ...all?.args, snapshot, ...(options ? { kind: "selective", options } : {}) },
        }) as never;
      stack.declare([
        of("late", trilio.id("snapshots", "API taken 2")),
        of("never", "00000000-0000-4000-8000-000000000000"),
        of("bad", trilio.id("snapshots", "failed nightly")),
        of("stranger", trilio.id("snapshots", "before upgrade"), {
          instances: [{ id: seeded.cirros1 }],
          networksMapping: [],
        }),
      ]);
      const text = await stack.upFails({ continueOnError: true });
      expect(gone.hits).toBe(1);
      expect(text).toContain("there is no snapshot 2e56d167-bad7-43c7-8ede-a613c3fe7844 any more");
      expect(text).toContain("there is no snapshot 00000000-0000-4000-8000-000000000000");
      expect(text).toContain("error: Failed uploading snapshot: the backup target is full");
      expect(text).toContain(`does not hold ${seeded.cirros1}; it holds ${seeded.databaseA}`);
      expect(sent(trilioRoutes.restore)).toHaveLength(1);
      expect(stack.resources()).toEqual({});
    }));
});
