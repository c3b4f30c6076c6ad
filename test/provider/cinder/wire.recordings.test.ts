import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { z } from "zod";
import {
  fromWire,
  limitsFields,
  messageFields,
  pageOf,
  snapshotFields,
  volumeFields,
  volumeTypeFields,
} from "../../../provider/cinder/wire";
import { systemClock } from "../../../provider/core/clock";
import { ApiError } from "../../../provider/core/errors";
import { HttpClient } from "../../../provider/core/http/http";
import { snake } from "../../../provider/core/http/wire";
import { isRecord } from "../../../provider/core/values";

const folder = join(__dirname, "../../recordings/cinder");

interface Exchange {
  n: number;
  name: string;
  request: { method: "GET"; origin: string; path: string };
  response: { status: number; headers: Record<string, string>; body: unknown };
}

const exchanges: Exchange[] = readdirSync(folder)
  .filter((name) => /^\d/.test(name))
  .sort()
  .map((name) => JSON.parse(readFileSync(join(folder, name), "utf8")));

/** The bodies of one answer that are read with a schema: under which key, and whether it is a list. */
const readers: Record<string, { schema: z.ZodObject; list: boolean }> = {
  snapshot: { schema: snapshotFields, list: false },
  snapshots: { schema: snapshotFields, list: true },
  volume: { schema: volumeFields, list: false },
  volumes: { schema: volumeFields, list: true },
  volume_type: { schema: volumeTypeFields, list: false },
  volume_types: { schema: volumeTypeFields, list: true },
  messages: { schema: messageFields, list: true },
};

/** Answers that no resource and no look-up reads: Keystone's own, and what is for administrators. */
const unread = new Set(
  (
    "token catalog projects versions version detailed availabilityZoneInfo quota_set services pools " +
    "resource_filters manageable-snapshots metadata meta links"
  ).split(" "),
);

/** Fields of the wire that are kept out, by design. */
const leftOut = new Set(
  (
    "links volume_image_metadata shared_targets service_uuid cluster_name provider_id consistencygroup_id " +
    "os-vol-mig-status-attr:migstat os-vol-mig-status-attr:name_id os-volume-type-access:is_public " +
    "message_level guaranteed_until resource_type"
  ).split(" "),
);

const renamed: Record<string, string> = {
  "os-extended-snapshot-attributes:progress": "progress",
  "os-extended-snapshot-attributes:project_id": "projectId",
  "os-vol-tenant-attr:tenant_id": "projectId",
  "os-vol-host-attr:host": "host",
  source_volid: "sourceVolumeId",
};

/** What is lost on the way from a recorded object to ours: a field that has a value and is not there. */
function lost(schema: z.ZodObject, body: Record<string, unknown>): string[] {
  const read = fromWire(schema, body) as Record<string, unknown>;
  const names = Object.fromEntries(Object.keys(schema.shape).map((name) => [snake(name), name]));
  return Object.entries(body)
    .filter(([key, value]) => value !== null && !leftOut.has(key))
    .filter(([key]) => read[renamed[key] ?? names[key] ?? ""] === undefined)
    .map(([key]) => key);
}

describe("every recorded exchange", () => {
  it("there are 313", () => {
    expect(exchanges.map(({ n }) => n)).toEqual(Array.from({ length: 313 }, (_, index) => index + 1));
  });

  it.each(exchanges.map((exchange) => [exchange.n, exchange.name, exchange] as const))(
    "%i %s",
    async (_n, _name, { request, response }) => {
      const { status, headers, body } = response;
      const small = Object.fromEntries(
        Object.entries(headers).map(([key, value]) => [key.toLowerCase(), value]),
      );
      const text = body === "" || body === null ? "" : JSON.stringify(body);
      const http = new HttpClient({
        origin: request.origin,
        authorization: () => ({}),
        transport: async () => ({ status, headers: small, text }),
        // Nothing is repeated here, so nothing waits.
        clock: { ...systemClock, sleep: () => Promise.reject(new Error("it would be repeated")) },
      });
      const sent = { method: "DELETE", path: request.path, answers: [300] } as const;
      if (status >= 400) {
        const error = await http.request(sent).catch((thrown: unknown) => thrown);
        expect(error).toBeInstanceOf(ApiError);
        const { reason, requestId, json } = error as ApiError;
        expect({ words: reason.length > 0, json }).toEqual({ words: true, json: true });
        // Routes that nobody knows are answered by a layer that gives no id.
        const id = small["x-openstack-request-id"];
        expect(requestId).toBe(id);
        return;
      }
      const answer = (await http.request(sent)).body;
      expect(answer).toEqual(text === "" ? undefined : body);
      for (const key of Object.keys(isRecord(answer) ? answer : {})) {
        const reader = readers[key];
        if (reader === undefined) {
          const known =
            unread.has(key) || /_links$/.test(key) || ["count", "limits", "reasons"].includes(key);
          expect({ key, known }).toEqual({ key, known: true });
          continue;
        }
        const found = (answer as Record<string, unknown>)[key];
        const rows = reader.list ? (found as Record<string, unknown>[]) : [found as Record<string, unknown>];
        for (const row of rows) expect(lost(reader.schema, row)).toEqual([]);
        if (reader.list) expect(pageOf(key, reader.schema, answer).items).toHaveLength(rows.length);
      }
      if (isRecord(answer) && isRecord(answer.limits)) {
        const { absolute } = answer.limits as { absolute: Record<string, unknown> };
        expect(limitsFields.parse(absolute)).toEqual(absolute);
      }
    },
  );
});

describe("pages of lists", () => {
  const page = (name: string) => {
    const found = exchanges.find((exchange) => exchange.name === name);
    return pageOf("snapshots", snapshotFields, found?.response.body);
  };

  it("a full one links to the next, the last may be empty", () => {
    expect(page("page1-limit2")).toMatchObject({ more: true, count: undefined });
    expect(page("page1-limit2").items).toHaveLength(2);
    expect(page("page7-followed")).toEqual({ items: [], more: false, count: undefined });
  });

  it("the count is that of all pages", () => {
    const counted = page("list-with-count-limit");
    expect(counted.items).toHaveLength(1);
    expect(counted.count).toBeGreaterThan(1);
  });
});

describe("a recorded snapshot", () => {
  it("has our names, times with their zone, and nothing for null", () => {
    const { body } = exchanges.find(({ name }) => name === "snapshot-show-3.71")?.response ?? {};
    const snapshot = fromWire(snapshotFields, (body as { snapshot: unknown }).snapshot);
    expect(snapshot).toMatchObject({
      name: "s1",
      status: "available",
      createdAt: "2026-11-21T08:26:58.708388Z",
      progress: "100%",
      projectId: "6f053bb219cc4d02969c9977002aca03",
      consumesQuota: true,
    });
    expect(snapshot.groupSnapshotId).toBeUndefined();
  });

  it("a volume's bootable is a flag, though it is written as a text", () => {
    const { body } = exchanges.find(({ name }) => name === "volume-show-3.71")?.response ?? {};
    const volume = fromWire(volumeFields, (body as { volume: unknown }).volume);
    expect(volume).toMatchObject({
      bootable: false,
      attachments: [],
      volumeType: "folder",
      multiattach: false,
    });
  });
});
