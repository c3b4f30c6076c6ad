import { describe, expect, it } from "vitest";
import { makeSnapshot, makeVolume, type Shown } from "../support/objects";
import { restoration, scenario, snapshot, volume } from "../support/scenario";

/** Everything of the project. */
const all = async (
  api: { ok(method: string, path: string): Promise<Shown> },
  kind: "volumes" | "snapshots",
) => (await api.ok("GET", `/${kind}/detail`))[kind] as Shown[];

describe("a create whose answer does not come", () => {
  it.each([
    ["is lost", "lost"],
    ["is a 504", { status: 504, body: "<html>Gateway Timeout</html>" }],
    ["is a 503", { status: 503, headers: { "retry-after": "1" } }],
  ] as const)("because it %s makes one object, be it carried out or not", (_, answer) =>
    scenario({ hurried: true }, async ({ api, proxy, stack }) => {
      const { id: of } = await makeVolume(api);
      const { id: from } = await makeSnapshot(api, of);
      // One of each kind is carried out, another is not.
      for (const route of ["POST /snapshots", "POST /volumes"]) {
        proxy.faults.push({ route, answer, carriedOut: true }, { route, answer, carriedOut: false });
      }
      const declared = [
        snapshot({ volumeId: of, name: "one" }, "one"),
        snapshot({ volumeId: of, name: "two" }, "two"),
        volume({ name: "three" }, "three"),
        restoration({ snapshotId: from, name: "four" }, "four"),
      ];
      stack.declare(declared);
      const { outputs } = await stack.up();
      const made = (await all(api, "snapshots")).filter(({ id }) => id !== from);
      expect(made.map(({ name }) => name).sort()).toEqual(["one", "two"]);
      const volumes = (await all(api, "volumes")).filter(({ id }) => id !== of);
      expect(volumes.map(({ name }) => name).sort()).toEqual(["four", "three"]);
      for (const { name, id } of made) expect(outputs[name]?.id).toBe(id);
      expect((await stack.up()).changes).toEqual({ same: 5 });

      // Deletes whose answers are lost are carried out, and known to be.
      for (const route of ["DELETE /snapshots/{id}", "DELETE /volumes/{id}"]) {
        proxy.faults.push({ route, answer, carriedOut: true }, { route, answer, carriedOut: false });
      }
      await stack.destroy();
      expect((await all(api, "snapshots")).map(({ id }) => id)).toEqual([from]);
      expect((await all(api, "volumes")).map(({ id }) => id)).toEqual([of]);
    }),
  );
});
