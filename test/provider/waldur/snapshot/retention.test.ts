import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { PartialError, UserError } from "../../../../provider/core/errors";
import type { WaldurContext } from "../../../../provider/waldur/object";
import { snapshotLifecycle } from "../../../../provider/waldur/snapshot/lifecycle";
import type { SnapshotInputs, SnapshotState } from "../../../../provider/waldur/snapshot/schema";
import { volumeLifecycle } from "../../../../provider/waldur/volume/lifecycle";
import { distances, skews, spellings } from "../../../support/instants";
import { failure, someDay } from "../../../support/virtualClock";
import { Stage } from "../../../support/waldurStage";

let stage: Stage;
beforeEach(async () => {
  stage = await Stage.start();
});
afterEach(() => stage.close());

const minute = 60_000;
const day = 86_400_000;
const iso = (at: number) => new Date(at).toISOString();
const routes = {
  create: "POST /api/openstack-volumes/{uuid}/snapshot/",
  patch: "PATCH /api/openstack-snapshots/{uuid}/",
  delete: "DELETE /api/openstack-snapshots/{uuid}/",
};

interface Made {
  id: string;
  inputs: SnapshotInputs;
  outputs: SnapshotState;
}

/** Takes a snapshot of `data-1`. */
async function make(args: Partial<SnapshotInputs> = {}, ctx = stage.ctx): Promise<Made> {
  const inputs = { name: "n", volumeId: stage.emulator.uuid("volumes", "data-1"), ...args };
  const { id, outputs } = await snapshotLifecycle.create(inputs, ctx);
  stage.emulator.resetRequests();
  return { id, inputs, outputs };
}

/** The snapshot on the server. */
function row({ id }: Made) {
  const snapshot = stage.emulator.world.snapshots.get(id);
  if (snapshot === undefined) throw new Error("the snapshot is not there");
  return snapshot;
}

/** What Pulumi does with other arguments: the difference, whether it may be, and the update. */
async function change(made: Made, args: Partial<SnapshotInputs>, ctx = stage.ctx): Promise<SnapshotState> {
  const news = { ...made.inputs, ...args };
  const changes = snapshotLifecycle.diff(made.outputs, news);
  if (changes.length === 0) return made.outputs;
  await snapshotLifecycle.permit?.(made.id, made.outputs, news, changes, ctx);
  if (changes.some(({ kind }) => kind === "replace")) throw new Error("this is no update");
  return snapshotLifecycle.update(made.id, made.outputs, news, ctx);
}

const refresh = ({ id, outputs }: Made, ctx: WaldurContext = stage.ctx) =>
  snapshotLifecycle.read(id, ctx, outputs);

describe("a deletion", () => {
  it("is never sent before the instant by either clock, and always from then on", {
    timeout: 120_000,
  }, async () => {
    await fc.assert(
      fc.asyncProperty(distances, skews, spellings, async (distance, skew, spell) => {
        const ctx = stage.context({ skew });
        const made = await make({}, ctx);
        // The server tells its time in whole seconds, so up to one more may pass.
        const end = stage.clock.now() - distance;
        row(made).keptUntil = spell(end).trim().toUpperCase();
        const wanted = snapshotLifecycle.delete(made.id, made.outputs, ctx);
        const outcome = await wanted.then(
          () => "gone",
          (error: unknown) => (error instanceof UserError ? "refused" : "failed"),
        );
        const sent = stage.emulator.writes.filter(({ route }) => route === routes.delete);
        expect(outcome).not.toBe("failed");
        expect(sent.length).toBe(outcome === "gone" ? 1 : 0);
        for (const { time } of sent) expect(time).toBeGreaterThanOrEqual(end);
        if (distance >= 1000 && ctx.clock.now() >= end) expect(outcome).toBe("gone");
        if (outcome === "refused") expect(row(made).state).toBe("OK");
      }),
      { numRuns: 60 },
    );
  });

  it("goes by what the server says now, and by the mode and forceDelete that were applied", async () => {
    const made = await make({ keptUntil: iso(someDay + day) });
    row(made).keptUntil = iso(someDay + 30 * day);
    stage.clock.advance(2 * day);
    const refused = await failure(snapshotLifecycle.delete(made.id, made.outputs, stage.ctx), UserError);
    expect(refused.message).toContain(`kept until ${iso(someDay + 30 * day).replace(".000Z", "Z")}`);
    const forced = await change(made, { keptUntil: iso(someDay + 30 * day), forceDelete: true });
    expect(stage.writes).toEqual([]);
    const compliance = { ...forced, retentionMode: "compliance" as const };
    await failure(snapshotLifecycle.delete(made.id, compliance, stage.ctx), UserError);
    await snapshotLifecycle.delete(made.id, forced, stage.ctx);
    expect(stage.writes).toEqual([routes.delete]);
  });

  it("is judged again when it had to wait for a restore", async () => {
    const made = await make({ keptUntil: iso(someDay + day) });
    stage.clock.advance(2 * day);
    await stage.ctx.client.send("POST", stage.ctx.client.path("openstack-snapshots", made.id, "restore"), {
      name: "copy",
    });
    stage.emulator.resetRequests();
    const volumes = [...stage.emulator.world.volumes.values()];
    const copy = volumes.find(({ name }) => name === "copy");
    stage.emulator.faults.add({
      method: "GET",
      query: () => {
        // While the restore is waited for, somebody else decides to keep the snapshot.
        if (copy && copy.state !== "OK") row(made).keptUntil = iso(someDay + 30 * day);
        return false;
      },
      action: { kind: "drop" },
    });
    const wanted = snapshotLifecycle.delete(made.id, made.outputs, stage.ctx);
    expect((await failure(wanted, UserError)).message).toContain("is kept until");
    expect(stage.writes).toEqual([]);
  });

  it("of what never came to be is not held up, of what merely went wrong later it is", async () => {
    const kept = { keptUntil: iso(someDay + 30 * day) };
    const failed = await failure(make({ name: "FAIL", ...kept }), PartialError);
    await snapshotLifecycle.delete(failed.id, failed.outputs, stage.ctx);
    expect(stage.emulator.world.snapshots.has(failed.id)).toBe(false);

    const made = await make(kept);
    Object.assign(row(made), { state: "Erred", errorMessage: "does not exist at backend" });
    const seen = await refresh(made);
    expect(seen?.outputs).toMatchObject({
      state: "ERRED",
      errorMessage: "does not exist at backend",
      expired: false,
    });
    await failure(snapshotLifecycle.delete(made.id, made.outputs, stage.ctx), UserError);
  });

  it("guards against unlinking too, of the snapshot and of its volume", async () => {
    const staff = stage.context({ actor: "staff" });
    const made = await make({ keptUntil: iso(someDay + day), deletion: "unlink" }, staff);
    const refused = await failure(snapshotLifecycle.delete(made.id, made.outputs, staff), UserError);
    expect(refused.message).toContain("so it is not unlinked before");
    const volume = stage.emulator.uuid("volumes", "data-1");
    const unlinked = volumeLifecycle.delete(volume, { deletion: "unlink" }, staff);
    expect((await failure(unlinked, UserError)).message).toContain(`snapshot "n" (${made.id}) is kept until`);
    expect(stage.writes).toEqual([]);
  });
});

describe("a replacement", () => {
  const other = () => stage.emulator.uuid("volumes", "data-2");

  it("is refused before anything is made, and passes once the old one may go", async () => {
    const made = await make({ retainFor: "P1D" });
    const moved = { volumeId: other() };
    await expect(change(made, moved)).rejects.toThrow("so it is not replaced before");
    stage.clock.advance(day + 1000);
    await expect(change(made, moved)).rejects.toThrow("this is no update");
    expect(stage.writes).toEqual([]);
  });

  it("is refused where the new one would be over at once", async () => {
    const made = await make({ keptUntil: iso(someDay + day) });
    stage.clock.advance(2 * day);
    await expect(change(made, { volumeId: other() })).rejects.toThrow("keptUntil: ");
  });

  it("of a chain of snapshots stops at the first that is kept", async () => {
    // Each is replaced by the next, as when a volume changes twice; the ones before may have to wait.
    const first = await make({ name: "first", retainFor: "P2D" });
    await expect(change(first, { volumeId: other() })).rejects.toThrow('snapshot "first"');
    stage.clock.advance(2 * day + 1000);
    const second = await make({ name: "second", volumeId: other(), retainFor: "P2D" });
    await snapshotLifecycle.delete(first.id, first.outputs, stage.ctx);
    await expect(change(second, { volumeId: first.inputs.volumeId })).rejects.toThrow('snapshot "second"');
    stage.clock.advance(2 * day + 1000);
    await make({ name: "third", retainFor: "P2D" });
    await snapshotLifecycle.delete(second.id, second.outputs, stage.ctx);
    const left = ["first", "second", "third"].map((name) => stage.emulator.world.snapshotsNamed(name).length);
    expect(left).toEqual([0, 0, 1]);
  });
});

describe("a new snapshot", () => {
  it("is kept for its duration by the server's clock, in one write, and another run finds nothing to do", async () => {
    for (const skew of [-15 * minute, 0, 15 * minute]) {
      const { inputs, outputs } = await make({ retainFor: "P1M" }, stage.context({ skew }));
      const end = Date.parse(String(outputs.keptUntil));
      expect(Math.abs(end - Date.parse(String(outputs.createdAt)) - 30 * day)).toBeLessThan(2000);
      expect(snapshotLifecycle.diff(outputs, inputs)).toEqual([]);
    }
  });

  it("is refused an instant that is past for the server", async () => {
    const ctx = stage.context({ skew: -3 * day });
    const error = await failure(make({ keptUntil: iso(someDay - day) }, ctx), UserError);
    expect(error.message).toMatch(/^keptUntil: .* is past: it is 2026-11-21T08:00:00Z now/);
    expect(stage.writes).toEqual([]);
    await make({ keptUntil: iso(someDay - 14 * minute) }, ctx);
  });
});

describe("a change", () => {
  it("extends and shortens in place, and tells of what is shortened", async () => {
    const made = await make({ retainFor: "P10D" });
    const longer = await change(made, { retainFor: "P20D" });
    expect(stage.warnings).toEqual([]);
    expect(Date.parse(String(longer.keptUntil)) - Date.parse(String(made.outputs.keptUntil))).toBe(10 * day);
    await change({ ...made, outputs: longer }, { retainFor: "P5D" });
    expect(stage.warnings).toEqual([expect.stringContaining("its retention is shortened")]);
    expect(stage.writes).toEqual([routes.patch, routes.patch]);
  });

  it("that shortens what the server has extended meanwhile is refused in governance, with the state as it was", async () => {
    const mode = { retentionMode: "governance" } as const;
    const made = await make({ keptUntil: iso(someDay + 10 * day), ...mode });
    row(made).keptUntil = iso(someDay + 30 * day);
    // By the state this extends; by the server it shortens.
    const wanted = change(made, { keptUntil: iso(someDay + 20 * day), ...mode });
    expect((await failure(wanted, UserError)).message).toContain(
      'in the mode "governance", which is not shortened',
    );
    const described = await change(made, { description: "d" });
    expect(described).toMatchObject({ description: "d", keptUntil: iso(someDay + 30 * day) });
    expect(stage.writes).toEqual([routes.patch]);
  });

  it("that fails does not leave a weaker guard in the state", async () => {
    const mode = { retentionMode: "governance" } as const;
    const made = await make({ keptUntil: iso(someDay + 10 * day), ...mode });
    stage.emulator.faults.add({ method: "PATCH", action: { kind: "answer", status: 403, body: {} } });
    const args = { retentionMode: "none", allowShorten: true, forceDelete: true, name: "m" } as const;
    const error = await change(made, args).catch((failed: unknown) => failed);
    const { outputs } = error as { outputs: SnapshotState };
    expect(outputs.retentionMode).toBe("governance");
    expect(outputs.forceDelete).toBeUndefined();
    const properties = snapshotLifecycle
      .diff(outputs, { ...made.inputs, ...args })
      .map(({ property }) => property);
    expect(properties).toEqual(expect.arrayContaining(["retentionMode", "forceDelete", "name"]));
  });
});

describe("on the day of its expiry", () => {
  it.each([-15 * minute, 0, 15 * minute])(
    "a snapshot goes from kept to expired, with our clock off by %i ms",
    async (skew) => {
      const ctx = stage.context({ skew });
      const made = await make({ keptUntil: "2026-11-22" }, ctx);
      const end = Date.UTC(2026, 10, 22);
      stage.clock.set(end - 1000);
      stage.emulator.world.removeExpired();
      expect((await refresh(made, ctx))?.outputs).toMatchObject({ state: "OK", expired: false });
      stage.clock.set(end + minute);
      expect((await refresh(made, ctx))?.outputs).toMatchObject({ state: "OK", expired: false });
      stage.emulator.world.removeExpired();
      expect((await refresh(made, ctx))?.outputs).toMatchObject({
        state: "DELETION_SCHEDULED",
        expired: true,
      });
      stage.clock.advance(10 * minute);
      stage.emulator.world.advance();
      expect(stage.emulator.world.snapshots.has(made.id)).toBe(false);

      const gone = await refresh(made, ctx);
      expect(gone).toMatchObject({
        id: made.id,
        inputs: { ...made.inputs, keptUntil: "2026-11-22T00:00:00Z" },
        outputs: { ...made.outputs, expired: true },
      });
      const outputs = gone?.outputs ?? {};
      expect((await refresh({ ...made, outputs }, ctx))?.outputs).toEqual(outputs);
      expect(snapshotLifecycle.diff(outputs, made.inputs)).toEqual([]);
      const updated = await change({ ...made, outputs }, { description: "late", pullOnRefresh: true }, ctx);
      expect(stage.warnings).toEqual([expect.stringContaining("so description changes nothing")]);
      expect(updated).toMatchObject({
        expired: true,
        pullOnRefresh: true,
        keptUntil: "2026-11-22T00:00:00Z",
      });
      const news = { ...made.inputs, description: "late", pullOnRefresh: true };
      expect(snapshotLifecycle.diff(updated, news)).toEqual([]);
      await snapshotLifecycle.delete(made.id, updated, ctx);
      expect(stage.writes).toEqual([]);
    },
  );

  it("an update and a deletion that know nothing of it yet change nothing", async () => {
    const made = await make({ retainFor: "P1D" });
    stage.clock.advance(2 * day);
    stage.emulator.world.removeExpired();
    const updated = await change(made, { name: "m" });
    expect(updated).toMatchObject({ name: "n", expired: true });
    await snapshotLifecycle.delete(made.id, made.outputs, stage.ctx);
    expect(stage.writes).toEqual([]);
  });
});

describe("what is gone before its date", () => {
  it("is lost: said by a refresh, an update and a deletion", async () => {
    const made = await make({ keptUntil: iso(someDay + day) });
    stage.emulator.world.dropSnapshot(made.id);
    await expect(change(made, { name: "m" })).rejects.toThrow(`LOST: snapshot "n" (${made.id}) is gone`);
    expect(await refresh(made)).toBeUndefined();
    await snapshotLifecycle.delete(made.id, made.outputs, stage.ctx);
    expect(stage.warnings).toEqual([
      expect.stringContaining('The next "pulumi up" takes a new one'),
      expect.stringContaining("It leaves this stack now."),
    ]);
  });

  it("is nothing to speak of where nobody said how long it is kept", async () => {
    const made = await make();
    stage.emulator.world.dropSnapshot(made.id);
    expect(await refresh(made)).toBeUndefined();
    expect(await snapshotLifecycle.read(made.id, stage.ctx)).toBeUndefined();
    expect(stage.warnings).toEqual([]);
  });
});
