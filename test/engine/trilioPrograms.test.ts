import { describe, expect, it } from "vitest";
import { exampleProgram } from "./support/example";
import { front } from "./support/stack";
import { trilioRoutes, trilioScenario } from "./support/trilio";

/** Runs of the engine are many here; on a busy machine each takes its time. */
const patience = { timeout: 300_000 };

describe("the example that restores the latest snapshot of a workload", patience, () => {
  it("finds it, makes its options out of it, and does nothing when there is a newer one", () =>
    trilioScenario({}, async ({ trilio, stack, sent }) => {
      stack.program(exampleProgram("trilio-restore"));
      await stack.configure("scenario:workload", trilio.id("workloads", "databases"));
      // The nightly one is being taken, and is not to be restored as long as it is.
      const nightly = trilio.world.snapshots.get(trilio.id("snapshots", "nightly"));
      if (nightly === undefined) throw new Error("the seed has changed");
      const earlier = trilio.world.snapshots.get(trilio.id("snapshots", "before upgrade"));
      nightly.createdAt = Date.parse("2020-11-01T00:00:00Z");

      const { changes, outputs } = await stack.up();
      expect(changes).toEqual({ create: 2 });
      expect(outputs).toMatchObject({ newest: "before upgrade", status: "available" });
      expect(outputs.retention).toEqual([{ schedule: "interval", intervalHours: 8, retainFor: "P14D" }]);
      expect(outputs.instances).toMatchObject([{ name: "db-a-drill" }, { name: "db-b-drill" }]);
      expect(stack.resources().drill?.outputs).toMatchObject({ snapshot: earlier?.id });
      expect(sent(trilioRoutes.restore)).toHaveLength(1);

      nightly.createdAt = Date.parse("2020-11-20T00:00:00Z");
      nightly.status = "available";
      trilio.resetRequests();
      const again = await stack.up();
      expect(again.changes).toEqual({ same: 2 });
      expect(again.outputs.newest).toBe("nightly");
      expect(trilio.writes).toEqual([]);
    }));
});

describe("restores that are there already", patience, () => {
  it("are taken over with few words, also one that failed, and left alone", () =>
    trilioScenario({}, async ({ trilio, stack }) => {
      const declared = ["finished", "failed"].map((key) => ({
        type: "trilio:SnapshotRestoration" as const,
        name: key,
        args: {
          snapshot: trilio.id("snapshots", "API taken 2"),
          kind: "one-click",
          onDestroy: "keep-record",
        },
        opts: { import: trilio.id("restores", key) },
      }));
      if (front === "plugin") {
        stack.declare([]);
        await stack.up();
        for (const { name, opts } of declared) {
          const what = ["openstack-snapshots:trilio:SnapshotRestoration", name, opts.import];
          await stack.pulumi("import", ...what, "--generate-code=false", "--protect=false", "--yes");
        }
        expect(stack.resources().finished?.inputs).toMatchObject({
          kind: "one-click",
          name: "OneClick Restore",
          description: "-",
          options: { instances: [{ name: "cirros-2", availabilityZone: "nova" }, { name: "cirros-1" }] },
        });
      }
      stack.declare(declared);
      await stack.up();
      expect(stack.resources().failed?.outputs).toMatchObject({
        status: "error",
        errorMessage: expect.stringMatching(/^Failed/),
      });
      stack.declare(declared.map(({ opts: _imported, ...rest }) => rest));
      expect((await stack.up()).changes).toEqual({ same: 3 });
      await stack.destroy();
      expect(trilio.writes).toEqual([]);
      expect(trilio.world.restores.size).toBe(2);
    }));
});
