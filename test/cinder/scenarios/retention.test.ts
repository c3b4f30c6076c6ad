import { describe, expect, it } from "vitest";
import { look, newest, untilGone } from "../support/objects";
import { type CinderScenario, scenario, snapshot, volume } from "../support/scenario";

/** A day so far from today, 00:00 UTC. */
const inDays = (days: number) =>
  `${new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)}T00:00:00Z`;

/** Sets the metadata of a snapshot past the stack, as a colleague does with OpenStack's own tools. */
function setBehindOurBack({ api }: CinderScenario, id: string, metadata: Record<string, string>) {
  return api.ok("POST", `/snapshots/${id}/metadata`, { body: { metadata }, version: newest });
}

describe("a snapshot that is kept", () => {
  it("outlives destroy, removal and replacement until the service's date is over", () =>
    scenario({}, async (stage) => {
      const { api, proxy, stack } = stage;
      const kept = { retainFor: "P30D", retentionMode: "governance", metadata: { class: "gold" } };
      stack.declare([volume(), snapshot(kept)]);
      const { outputs } = await stack.up();
      const id = String(outputs.nightly?.id);
      const first = await look(api, "snapshot", id);
      expect(first?.metadata).toMatchObject({ class: "gold", kept_until: outputs.nightly?.keptUntil });
      expect(outputs.nightly).toMatchObject({ metadata: { class: "gold" }, retentionMode: "governance" });

      proxy.reset();
      expect((await stack.up()).changes).toEqual({ same: 3 });
      await expect(stack.destroy()).rejects.toThrow();
      expect(stack.printed).toContain(`is kept until ${outputs.nightly?.keptUntil}`);
      // A machine that is 20 years ahead is contradicted by the service and by Keystone.
      stack.clock = { now: () => Date.now() + 20 * 365 * 86_400_000 };
      await expect(stack.destroy()).rejects.toThrow();
      expect(stack.printed).toMatch(
        /the clocks disagree: this machine says \S+, block storage says \S+, Keystone says/i,
      );
      stack.clock = undefined;
      stack.declare([volume()]);
      expect(await stack.upFails()).toContain("so it is not deleted before");
      stack.declare([volume(), volume({}, "other"), snapshot({ ...kept, volumeId: "@other.id" })]);
      expect(await stack.upFails()).toMatch(/is kept until .* is not replaced/);
      // The volume that was to be its new source is all that was made.
      expect(proxy.writes.filter((route) => route !== "POST /volumes")).toEqual([]);

      // A date that somebody moved on the service is the one that counts, and so is one that is over.
      const extended = inDays(90);
      await setBehindOurBack(stage, id, { kept_until: extended });
      stack.declare([volume()]);
      expect(await stack.upFails()).toContain(`is kept until ${extended}`);
      expect(await look(api, "snapshot", id)).toMatchObject({ status: "available" });
      await setBehindOurBack(stage, id, { kept_until: inDays(-1) });
      await stack.up();
      await untilGone(api, "snapshot", id);
      await stack.destroy();
    }));

  it("is not shortened unless that is allowed, nor deleted before forceDelete is applied", () =>
    scenario({}, async ({ api, stack, proxy }) => {
      const [later, sooner] = [inDays(30), inDays(10)];
      const declare = (more: Record<string, unknown>) =>
        stack.declare([volume(), snapshot({ retentionMode: "governance", ...more })]);
      declare({ keptUntil: later });
      const { outputs } = await stack.up();
      const id = String(outputs.nightly?.id);
      const metadata = async () => (await look(api, "snapshot", id))?.metadata;
      proxy.reset();
      declare({ keptUntil: sooner });
      expect(await stack.upFails()).toContain("allowShorten");
      expect(proxy.writes).toEqual([]);
      expect(await metadata()).toMatchObject({ kept_until: later });

      declare({ keptUntil: sooner, allowShorten: true });
      await stack.up();
      expect(await metadata()).toMatchObject({ kept_until: sooner });
      await expect(stack.destroy()).rejects.toThrow();

      declare({ keptUntil: sooner, allowShorten: true, forceDelete: true });
      await stack.up();
      await stack.destroy();
      expect(await look(api, "snapshot", id)).toBeUndefined();
    }));
});
