import { describe, expect, it } from "vitest";
import { routes, scenario } from "./support/scenario";

describe("an attachment", () => {
  it("attaches, is left alone, and detaches", () =>
    scenario({}, async ({ waldur, stack, sent }) => {
      const disk = waldur.ids.volumes["data-2"];
      const instance = waldur.ids.instances["vm-shutoff"];
      stack.declare([{ type: "VolumeAttachment", name: "disk", args: { volume: disk, instance } }]);
      const { outputs } = await stack.up();
      expect(outputs.disk).toMatchObject({
        id: `${disk}/${instance}`,
        device: "/dev/vdb",
        runtimeState: "in-use",
      });
      waldur.resetRequests();
      expect((await stack.up()).changes).toEqual({ same: 2 });
      expect(waldur.writes).toEqual([]);
      expect((await stack.refresh()).changes).toEqual({ same: 2 });
      await stack.destroy();
      expect(sent(routes.detach)).toHaveLength(1);
      expect(waldur.world.volumes.get(String(disk))?.instanceUuid).toBeNull();
    }));

  it("waits for a volume that is busy", () =>
    scenario({}, async ({ waldur, stack }) => {
      const disk = waldur.ids.volumes["data-2"];
      waldur.faults.add({ route: routes.patchVolume, action: { kind: "slow", factor: 40 } });
      const answer = await fetch(`${waldur.url}/api/openstack-volumes/${disk}/`, {
        method: "PATCH",
        headers: { authorization: `Token ${waldur.tokens.owner}`, "content-type": "application/json" },
        body: '{"description":"somebody else is at it"}',
      });
      expect(answer.status).toBe(200);
      const args = { volumeId: disk, instanceId: waldur.ids.instances["vm-active"] };
      stack.declare([{ type: "VolumeAttachment", name: "disk", args }]);
      expect((await stack.up()).outputs.disk).toMatchObject({ runtimeState: "in-use" });
      const attached = waldur.requests.filter(({ route }) => route === routes.attach);
      expect(attached.map(({ status }) => status)).toEqual([202]);
    }));

  it("does not take a volume from another instance", () =>
    scenario({}, async ({ waldur, stack }) => {
      const args = {
        volumeId: waldur.ids.volumes["attached-1"],
        instanceId: waldur.ids.instances["vm-active"],
      };
      stack.declare([{ type: "VolumeAttachment", name: "disk", args }]);
      expect(await stack.upFails()).toContain('is attached to instance "vm-shutoff"');
      expect(waldur.writes).toEqual([]);
    }));

  it("that was detached behind Pulumi's back is made again", () =>
    scenario({ hurried: true }, async ({ waldur, stack, sent }) => {
      const disk = String(waldur.ids.volumes["data-2"]);
      const args = { volumeId: disk, instanceId: waldur.ids.instances["vm-active"] };
      stack.declare([{ type: "VolumeAttachment", name: "disk", args }]);
      await stack.up();
      Object.assign(waldur.world.volumes.get(disk) ?? {}, {
        instanceUuid: null,
        device: "",
        runtimeState: "available",
      });
      expect((await stack.refresh()).changes).toEqual({ delete: 1, same: 1 });
      await stack.up();
      expect(sent(routes.attach)).toHaveLength(2);
    }));
});
