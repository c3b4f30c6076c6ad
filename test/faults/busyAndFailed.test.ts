import { afterEach, describe, expect, it } from "vitest";
import type { FaultAction } from "../../emulator/index";
import { PartialError, UserError } from "../../provider/core/errors";
import { applied, appliedKey } from "../../provider/core/resource/diff";
import { volumeAttachmentLifecycle as attachments } from "../../provider/waldur/attachment/lifecycle";
import { waldurObjects } from "../../provider/waldur/object";
import { snapshotLifecycle as snapshots } from "../../provider/waldur/snapshot/lifecycle";
import type { SnapshotState } from "../../provider/waldur/snapshot/schema";
import { terminateVolume } from "../../provider/waldur/volume/delete";
import { volumeLifecycle as volumes } from "../../provider/waldur/volume/lifecycle";
import type { VolumeInputs, VolumeState } from "../../provider/waldur/volume/schema";
import { failure } from "../support/virtualClock";
import { Stage } from "../support/waldurStage";

let stage: Stage;
afterEach(() => stage.close());

const extendRoute = "POST /api/openstack-volumes/{uuid}/extend/";
const retypeRoute = "POST /api/openstack-volumes/{uuid}/retype/";
const detachRoute = "POST /api/openstack-volumes/{uuid}/detach/";
const pullRoute = "POST /api/openstack-volumes/{uuid}/pull/";
const patchRoute = "PATCH /api/openstack-volumes/{uuid}/";
const terminateRoute = "POST /api/marketplace-resources/{uuid}/terminate/";

const uuidOf = (name: string) => stage.emulator.uuid("volumes", name);
const row = (name: string) => {
  const found = stage.emulator.world.volumes.get(uuidOf(name));
  if (!found) throw new Error("the seed has changed");
  return found;
};
const instance = (uuid: string | null) => {
  const found = stage.emulator.world.instances.get(uuid ?? "");
  if (!found) throw new Error("the seed has changed");
  return found;
};

/** Gives a volume another name, in the cloud too. */
function rename(from: string, name: string): void {
  const { backendId } = row(from);
  for (const object of [row(from), stage.emulator.world.cloud.volumes.get(backendId ?? "")])
    Object.assign(object ?? {}, { name });
}

/** A volume of the seed as a state, with the arguments that declare it. */
async function held(name: string, more: Partial<VolumeInputs> = {}) {
  const found = await volumes.read(uuidOf(name), stage.ctx, {});
  if (!found) throw new Error("the seed has changed");
  const inputs = { ...found.inputs, ...more } as VolumeInputs;
  const state = { ...found.outputs, ...more, [appliedKey]: applied(inputs) } as VolumeState;
  stage.emulator.resetRequests();
  return { id: found.id, inputs, state };
}

describe("a busy instance is waited for", () => {
  it("by a volume of it that grows", async () => {
    stage = await Stage.start();
    const { id, inputs, state } = await held("attached-1");
    const machine = instance(row("attached-1").instanceUuid);
    Object.assign(machine, { state: "Updating", runtimeState: "SHUTOFF" });
    stage.emulator.world.after(40, () => Object.assign(machine, { state: "OK" }));
    const size = inputs.size + 1024;
    expect(await volumes.update(id, state, { ...inputs, size }, stage.ctx)).toMatchObject({ size });
    expect(stage.emulator.writes.map(({ route, status }) => [route, status])).toEqual([
      [extendRoute, 409],
      [extendRoute, 202],
    ]);
    expect(stage.told.join()).toContain(`instance "${machine.name}": UPDATING`);
  });

  it("by a volume that is attached to it", async () => {
    stage = await Stage.start();
    const machine = instance(Object.values(stage.emulator.ids.instances)[0] ?? null);
    Object.assign(machine, { state: "Updating" });
    stage.emulator.world.after(40, () => Object.assign(machine, { state: "OK" }));
    const inputs = { volumeId: uuidOf("data-2"), instanceId: machine.uuid };
    const { outputs } = await attachments.create(inputs, stage.ctx);
    expect(outputs).toMatchObject({ state: "OK", instanceId: machine.uuid });
    expect(stage.emulator.writes.map(({ status }) => status)).toEqual([400, 202]);
  });

  it("but not one that is paused or has failed: then the server's words are told at once", async () => {
    stage = await Stage.start();
    const machine = instance(Object.values(stage.emulator.ids.instances)[0] ?? null);
    for (const changes of [{ runtimeState: "PAUSED" }, { runtimeState: "ACTIVE", state: "Erred" as const }]) {
      Object.assign(machine, { state: "OK", ...changes });
      stage.emulator.resetRequests();
      const inputs = { volumeId: uuidOf("data-2"), instanceId: machine.uuid };
      await expect(attachments.create(inputs, stage.ctx)).rejects.toThrow("in OK state");
      expect(stage.emulator.writes).toHaveLength(1);
    }
  });

  it("no longer than the time limit", async () => {
    stage = await Stage.start();
    const machine = instance(Object.values(stage.emulator.ids.instances)[0] ?? null);
    Object.assign(machine, { state: "Updating" });
    const ctx = stage.context({ timeoutMs: 60_000 });
    const inputs = { volumeId: uuidOf("data-2"), instanceId: machine.uuid };
    await expect(attachments.create(inputs, ctx)).rejects.toThrow(`instance "${machine.name}"`);
  });
});

describe("terminating a volume whose creation had failed", () => {
  const terminate = async (name: string) =>
    terminateVolume(stage.ctx, await waldurObjects.existing(stage.ctx, { kind: "volume", id: uuidOf(name) }));

  it.each([0.7, 2.6, 8])(
    "does not report the old failure that shows for %s s after the order",
    async (seconds) => {
      stage = await Stage.start();
      stage.emulator.faults.add({ route: terminateRoute, action: { kind: "late", seconds } });
      await terminate("erred-1");
      expect(stage.emulator.world.volumes.has(uuidOf("erred-1"))).toBe(false);
      expect(stage.writes).toEqual([terminateRoute]);
    },
  );

  it("nor where somebody else has ordered it a moment before", async () => {
    stage = await Stage.start();
    stage.emulator.faults.add({ route: terminateRoute, action: { kind: "late", seconds: 2.6 } });
    const { client } = stage.ctx;
    const volume = await waldurObjects.existing(stage.ctx, { kind: "volume", id: uuidOf("erred-1") });
    const path = client.path("marketplace-resources", volume.marketplaceResourceUuid, "terminate");
    await client.send("POST", path, {});
    await terminateVolume(stage.ctx, volume);
    expect(stage.emulator.world.volumes.has(uuidOf("erred-1"))).toBe(false);
  });

  it("tells why the termination itself failed", async () => {
    stage = await Stage.start();
    stage.emulator.faults.add({
      route: terminateRoute,
      action: { kind: "fail", message: "in use by backend" },
    });
    await expect(terminate("erred-1")).rejects.toThrow(/"erred-1" .* was not terminated: in use by backend/);
  });
});

describe("a volume that is declared bootable", () => {
  it("is made, grows and gets its type in one go", async () => {
    stage = await Stage.start();
    const { project, offering } = stage.emulator.ids;
    const made = { projectId: project, offeringId: offering, size: 1024, name: "boot", bootable: true };
    const { id, outputs } = await volumes.create(made, stage.ctx);
    expect(outputs).toMatchObject({ bootable: true, size: 1024 });
    stage.emulator.resetRequests();
    const news = { ...made, size: 3072, volumeType: "ssd", description: "grown" };
    expect(await volumes.update(id, outputs, news, stage.ctx)).toMatchObject({
      bootable: true,
      size: 3072,
      volumeType: "ssd",
      description: "grown",
    });
    expect(
      stage.emulator.writes.map(({ route, status, body }) => [
        route,
        status,
        (body as { bootable?: boolean }).bootable,
      ]),
    ).toEqual([
      [patchRoute, 200, false],
      [extendRoute, 202, undefined],
      [retypeRoute, 202, undefined],
      [patchRoute, 200, true],
    ]);
  });

  it("becomes bootable after it has grown, in the same update", async () => {
    stage = await Stage.start();
    const { id, inputs, state } = await held("data-2");
    const news = { ...inputs, size: inputs.size + 1024, bootable: true };
    expect(await volumes.update(id, state, news, stage.ctx)).toMatchObject({ bootable: true });
    expect(stage.writes).toEqual([extendRoute, patchRoute]);
  });

  it("stops being bootable before it grows", async () => {
    stage = await Stage.start();
    Object.assign(row("data-2"), { bootable: true });
    const { id, inputs, state } = await held("data-2", { bootable: true });
    const news = { ...inputs, size: inputs.size + 1024, bootable: false };
    expect(await volumes.update(id, state, news, stage.ctx)).toMatchObject({ bootable: false });
    expect(stage.writes).toEqual([patchRoute, extendRoute]);
  });

  it("is bootable again where the growth failed", async () => {
    stage = await Stage.start();
    Object.assign(row("data-2"), { bootable: true });
    const { id, inputs, state } = await held("data-2", { bootable: true });
    const refusal: FaultAction = { kind: "answer", status: 400, body: ["One or more quotas were exceeded"] };
    stage.emulator.faults.add({ route: extendRoute, action: refusal });
    const news = { ...inputs, size: inputs.size + 1024 };
    const error = await failure(volumes.update(id, state, news, stage.ctx), PartialError);
    expect(error.message).toContain("quotas were exceeded");
    expect(row("data-2").bootable).toBe(true);
  });

  it("is not touched where nothing declares it so, and the error says what to declare", async () => {
    stage = await Stage.start();
    Object.assign(row("data-2"), { bootable: true });
    const { id, inputs, state } = await held("data-2");
    const { bootable: _, ...undeclared } = inputs;
    const news = { ...undeclared, size: inputs.size + 1024 } as VolumeInputs;
    const before = { ...state, [appliedKey]: applied(undeclared) } as VolumeState;
    const error = await failure(volumes.update(id, before, news, stage.ctx), PartialError);
    expect(error.message).toContain("Declare bootable: true");
    expect(stage.writes).toEqual([]);
  });

  it("is detached, and is what it was afterwards", async () => {
    stage = await Stage.start();
    Object.assign(row("attached-1"), { bootable: true, device: "/dev/vdb" });
    const id = `${uuidOf("attached-1")}/${row("attached-1").instanceUuid}`;
    const found = await attachments.read(id, stage.ctx);
    stage.emulator.resetRequests();
    await attachments.delete(id, found?.outputs as never, stage.ctx);
    expect(stage.writes).toEqual([patchRoute, detachRoute, patchRoute]);
    expect(row("attached-1")).toMatchObject({ bootable: true, instanceUuid: null });
  });

  it("is left alone where it is the disk that an instance boots from", async () => {
    stage = await Stage.start();
    Object.assign(row("attached-1"), { bootable: true, device: "/dev/vda" });
    const id = `${uuidOf("attached-1")}/${row("attached-1").instanceUuid}`;
    const found = await attachments.read(id, stage.ctx);
    stage.emulator.resetRequests();
    const error = await failure(attachments.delete(id, found?.outputs as never, stage.ctx), UserError);
    expect(error.message).toMatch(/is the disk from which instance ".*" boots \(\/dev\/vda\)/);
    expect(stage.writes).toEqual([]);
  });
});

describe("a change that failed is told apart from a creation that failed", () => {
  it("of a volume, whose data are there; the next update heals it with one pull and says why", async () => {
    stage = await Stage.start();
    rename("data-2", "data FAIL_EXTEND");
    const { id, inputs, state } = await held("data-2");
    const news = { ...inputs, size: inputs.size + 1024 };
    const error = await failure(volumes.update(id, state, news, stage.ctx), PartialError);
    expect(error.message).toContain("fake EXTEND failure");
    expect(error.message).toMatch(/OpenStack has it \([\w-]+\) as "available", so its data is there/);
    expect(error.message).toContain("openstack-snapshots pull");
    expect(error.message).not.toMatch(/[Dd]estroy|[Rr]eplace/);
    expect(row("data-2").state).toBe("Erred");

    // The change is taken back: nothing is left to do but to heal it.
    stage.emulator.resetRequests();
    const outputs = await volumes.update(id, error.outputs as VolumeState, inputs, stage.ctx);
    expect(outputs).toMatchObject({ state: "OK", size: inputs.size });
    expect(stage.writes).toEqual([pullRoute]);
    expect(stage.warnings).toEqual([
      expect.stringMatching(
        /^the last change of volume "data FAIL_EXTEND" .* had failed \(.*fake EXTEND failure.*pull/,
      ),
    ]);
  });

  it("of a volume that is attached afterwards", async () => {
    stage = await Stage.start();
    Object.assign(row("data-2"), { state: "Erred", errorMessage: "an extension failed" });
    const inputs = {
      volumeId: uuidOf("data-2"),
      instanceId: Object.values(stage.emulator.ids.instances)[0] ?? "",
    };
    const { outputs } = await attachments.create(inputs, stage.ctx);
    expect(outputs).toMatchObject({ state: "OK", instanceId: inputs.instanceId });
    expect(stage.writes[0]).toBe(pullRoute);
  });

  it("of a snapshot, where the server can pull those; elsewhere the error says who can help", async () => {
    for (const snapshotPullWorks of [true, false]) {
      stage = await Stage.start({ snapshotPullWorks });
      const id = stage.emulator.uuid("snapshots", "seed-snap-1");
      const found = await snapshots.read(id, stage.ctx, {});
      const state = { ...found?.outputs, [appliedKey]: applied(found?.inputs ?? {}) } as SnapshotState;
      const news = { ...(found?.inputs as { volumeId: string }), name: "renamed" };
      const broken = stage.emulator.world.snapshots.get(id);
      Object.assign(broken ?? {}, { state: "Erred", errorMessage: "an update failed" });
      const updating = snapshots.update(id, state, news, stage.ctx);
      if (snapshotPullWorks) expect(await updating).toMatchObject({ state: "OK", name: "renamed" });
      else {
        const { message } = await failure(updating, PartialError);
        expect(message).toContain("staff can set it OK");
        expect(message).not.toMatch(/[Dd]estroy|[Rr]eplace/);
      }
      await stage.close();
    }
    stage = await Stage.start();
  });

  it("but a creation that failed is repeated, first of all", async () => {
    stage = await Stage.start();
    const route = "POST /api/openstack-volumes/{uuid}/snapshot/";
    const making = snapshots.create({ volumeId: uuidOf("data-2"), name: "FAIL_ASYNC" }, stage.ctx);
    const { message } = await failure(making, PartialError);
    expect(message).toContain("runtime state become erred: error");
    expect(message).toMatch(/Create it again with "pulumi up --replace <urn>"\.$/);
    expect(stage.writes).toEqual([route]);
  });

  it("and nothing is pulled that OpenStack does not have in order", async () => {
    stage = await Stage.start();
    Object.assign(row("data-2"), { state: "Erred", runtimeState: "error", errorMessage: "broken" });
    const { id, inputs, state } = await held("data-2");
    const error = await failure(volumes.update(id, state, { ...inputs, name: "x" }, stage.ctx), PartialError);
    expect(error.message).toContain("broken");
    expect(error.message).toMatch(/Look at it on the server: what it holds may be untouched/);
    expect(stage.writes).toEqual([]);
  });
});
