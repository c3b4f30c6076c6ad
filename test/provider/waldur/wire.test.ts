import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { snake } from "../../../provider/core/http/wire";
import { wireNameOf } from "../../../provider/waldur/names";
import { fromWire, orderFields, snapshotFields, volumeFields } from "../../../provider/waldur/wire";

const uuid = "62a4ac5f2c83421a88d607c27a96f162";

describe("odd values", () => {
  it("absent and null are undefined alike, in every field", () => {
    for (const schema of [snapshotFields, volumeFields, orderFields]) {
      const names = Object.keys(schema.shape).filter((name) => name !== "uuid" && name !== "id");
      const nulls = Object.fromEntries(names.map((name) => [wireNameOf(name), null]));
      const seen = fromWire(schema, { uuid, ...nulls }) as Record<string, unknown>;
      const objects = ["metadata", "attributes"];
      for (const name of names)
        expect([name, seen[name]]).toEqual([name, objects.includes(name) ? {} : undefined]);
      const bare = fromWire(schema, { uuid }) as Record<string, unknown>;
      for (const name of names) expect([name, bare[name]]).toEqual([name, undefined]);
    }
  });

  it('metadata of "" is an empty object, and so is anything else that is none', () => {
    for (const metadata of ["", null, [], "x", 7]) {
      expect(fromWire(snapshotFields, { uuid, metadata }).metadata).toEqual({});
    }
    expect(fromWire(snapshotFields, { uuid, metadata: { a: [1, { b: null }] } }).metadata).toEqual({
      a: [1, { b: null }],
    });
  });

  it('texts of "" stay, so that an empty description is told from none', () => {
    const seen = fromWire(volumeFields, { uuid, description: "", device: "", error_message: "" });
    expect(seen).toMatchObject({ description: "", device: "", errorMessage: "" });
  });

  it("states are normalised in both generations, those of embedded restorations too", () => {
    const seen = fromWire(snapshotFields, {
      uuid,
      state: "Creation Scheduled",
      restorations: [{ uuid, volume_state: "Erred" }],
    });
    expect(seen.state).toBe("CREATION_SCHEDULED");
    expect(seen.restorations?.[0]?.volumeState).toBe("ERRED");
    expect(fromWire(volumeFields, { uuid, state: "UPDATING" }).state).toBe("UPDATING");
  });

  it("fields that nobody knows are left out", () => {
    expect(fromWire(snapshotFields, { uuid, brand_new: 1 })).toEqual({ id: uuid, uuid });
  });

  it("an answer without a uuid is refused", () => {
    for (const body of [{}, { uuid: null }, [], "x", null]) {
      expect(() => fromWire(snapshotFields, body)).toThrow();
    }
  });

  it("a field of the wrong type is refused, and named", () => {
    expect(() => fromWire(snapshotFields, { uuid, size: "10240" })).toThrow(/size/);
  });
});

describe("names", () => {
  it("come back the same from the wire, in every schema", () => {
    for (const schema of [snapshotFields, volumeFields, orderFields]) {
      for (const name of Object.keys(schema.shape)) {
        expect(wireNameOf(name)).toMatch(/^[a-z_]+$/);
        const order = schema === orderFields ? { type: z.any().optional() } : {};
        const sent = { [wireNameOf(name)]: `https://portal.example.com/api/x/${uuid}/` };
        expect(fromWire(z.looseObject(order), sent)).toHaveProperty(name);
      }
    }
    expect(snake("sourceVolumeMarketplaceUuid")).toBe("source_volume_marketplace_uuid");
  });

  it("are those that cinder has for the same, with the uuid in a URL beside it", () => {
    const url = (kind: string) => `https://portal.example.com/api/${kind}/${uuid}/`;
    const common = { uuid, created: "then", modified: "now", project: url("projects"), project_uuid: uuid };
    const named = { id: uuid, uuid, createdAt: "then", updatedAt: "now", projectId: uuid };
    const [projectUrl, volumeUrl] = [url("projects"), url("openstack-volumes")];
    expect(fromWire(snapshotFields, { ...common, source_volume: volumeUrl })).toEqual({
      ...named,
      ...{ projectUrl, volumeUrl, volumeId: uuid },
    });
    const [image, instance, snapshot, type] = ["images", "instances", "snapshots", "volume-types"].map(url);
    const volume = { ...common, image, instance, source_snapshot: snapshot, type, type_name: "ssd" };
    expect(fromWire(volumeFields, volume)).toEqual({
      ...named,
      ...{ projectUrl, imageUrl: image, imageId: uuid, instanceUrl: instance, instanceId: uuid },
      ...{ snapshotUrl: snapshot, snapshotId: uuid },
      ...{ volumeType: "ssd", volumeTypeId: uuid, volumeTypeUrl: type },
    });
    expect(fromWire(orderFields, { uuid, type: "Create" }).type).toBe("Create");
  });

  it("inside the user's own JSON are left as they are", () => {
    // A key of this name is no property of a JavaScript object, and is dropped on purpose.
    const tame = (own: unknown) => !JSON.stringify(own).includes("__proto__");
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()).filter(tame), (own) => {
        const sent: unknown = JSON.parse(JSON.stringify(own));
        expect(fromWire(snapshotFields, { uuid, metadata: sent, action_details: sent })).toEqual({
          id: uuid,
          uuid,
          metadata: sent,
          actionDetails: sent,
        });
        expect(fromWire(orderFields, { uuid, attributes: sent }).attributes).toEqual(sent);
      }),
    );
  });
});
