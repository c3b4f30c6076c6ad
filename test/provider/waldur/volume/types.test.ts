import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { UserError } from "../../../../provider/core/errors";
import { tenantOf, typeUrl } from "../../../../provider/waldur/volume/types";
import { failure } from "../../../support/virtualClock";
import { Stage } from "../../../support/waldurStage";

let stage: Stage;
beforeEach(async () => {
  stage = await Stage.start();
});
afterEach(() => stage.close());

describe("a volume type", () => {
  it("given as uuid or URL costs no request", async () => {
    const uuid = stage.emulator.uuid("types", "ssd");
    const url = stage.emulator.link("openstack-volume-types", uuid);
    for (const given of [uuid, uuid.toUpperCase(), url]) {
      expect(await typeUrl(stage.ctx, given, undefined)).toBe(url);
    }
    expect(stage.emulator.requests).toEqual([]);
  });

  it("given by its name is looked up, in the tenant of the offering", async () => {
    const { ids } = stage.emulator;
    const tenant = await tenantOf(stage.ctx, ids.offering);
    expect(tenant).toBe(ids.tenant);
    const url = stage.emulator.link("openstack-volume-types", stage.emulator.uuid("types", "ssd"));
    expect(await typeUrl(stage.ctx, "ssd", tenant)).toBe(url);
    expect(stage.emulator.requests.at(-1)?.query.get("tenant_uuid")).toBe(ids.tenant);
  });

  it("whose name nobody has is refused, with the names that there are where the server tells them", async () => {
    const { message } = await failure(typeUrl(stage.ctx, "gold", stage.emulator.ids.tenant), UserError);
    expect(message).toMatch(/^volumeType: there is no volume type "gold"/);
    // A server that does not know the filter answers everything.
    const rows = [
      { uuid: "a", name: "ssd" },
      { uuid: "b", name: "hdd" },
    ];
    stage.emulator.faults.add({ action: { kind: "answer", status: 200, body: rows } });
    expect((await failure(typeUrl(stage.ctx, "gold", undefined), UserError)).message).toBe(
      'volumeType: there is no volume type "gold"; there are hdd, ssd',
    );
  });

  it("whose name several have is refused, with their uuids", async () => {
    const rows = [
      { uuid: "a", name: "ssd" },
      { uuid: "b", name: "ssd" },
      { uuid: "c", name: "SSD" },
    ];
    stage.emulator.faults.add({ action: { kind: "answer", status: 200, body: rows } });
    expect((await failure(typeUrl(stage.ctx, "ssd", undefined), UserError)).message).toBe(
      'volumeType: there are 2 volume types "ssd" (a, b); give the uuid of one',
    );
  });
});

describe("the tenant of an offering", () => {
  it("is not known where there is no such offering", async () => {
    expect(await tenantOf(stage.ctx, "0".repeat(32))).toBeUndefined();
  });
});
