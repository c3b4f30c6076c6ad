import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Body } from "../support/client";
import { recording, sample, TrilioBench } from "./support/bench";

const requestId = /^req-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
let bench: TrilioBench;

beforeEach(async () => {
  bench = await TrilioBench.start();
});

afterEach(() => bench.close());

/** The types of everything in a body, with those of the first item for a list. */
function shape(json: Body): unknown {
  if (Array.isArray(json)) return json.slice(0, 1).map(shape);
  if (json === null || typeof json !== "object") return json === null ? "null" : typeof json;
  return Object.fromEntries(Object.entries(json).map(([key, value]) => [key, shape(value)]));
}

describe("the emulator answers as the API page does:", () => {
  test("the list, word for word", async () => {
    const answer = await bench.get(`/restores/detail?snapshot_id=${bench.snapshotId("API taken 2")}`);
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual(recording("list").response.body);
    expect((await bench.get("/restores/detail")).body).toEqual(answer.body);
    expect(answer.headers.get("content-type")).toBe("application/json");
    expect(answer.headers.get("x-compute-request-id")).toMatch(requestId);
  });

  test("one restore, word for word, without the metadata that the list has", async () => {
    const answer = await bench.get(`/restores/${bench.emulator.id("restores", "finished")}`);
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual(recording("show").response.body);
    expect(Object.keys(answer.body.restore)).toEqual(Object.keys(recording("show").response.body.restore));
  });

  test.each(["delete", "cancel"])("%s: 200, JSON by its type, and nothing in it", async (name) => {
    const { request, response } = recording(name);
    const restore = bench.emulator.id("restores", "finished");
    const answer = await bench.call(request.method, request.path.replace("{restore_id}", restore));
    expect([answer.status, answer.text]).toEqual([response.status, ""]);
    expect(answer.headers.get("content-type")).toBe(response.headers["Content-Type"]);
    expect(answer.headers.get("content-length")).toBe(response.headers["Content-Length"]);
    expect(answer.headers.get("x-compute-request-id")).toMatch(requestId);
  });

  test.each([
    ["oneclick", "API taken 2"],
    ["selective", "API taken 2"],
    ["inplace", "before upgrade"],
  ] as const)("%s: 202 and all but id and time, word for word", async (name, snapshot) => {
    const answer = await bench.restore(sample(name), snapshot);
    expect(answer.status).toBe(202);
    const { restore } = answer.body;
    const expected = recording(name).response.body.restore;
    expect(restore.id).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    expect(restore.created_at).toMatch(/^2026-01-01T00:00:00\.\d{6}$/);
    expect(restore.created_at).not.toMatch(/\.000000$/);
    expect(restore.updated_at).toBe(restore.created_at);
    const { id, created_at, updated_at } = restore;
    const links = JSON.parse(JSON.stringify(expected.links).replaceAll(expected.id, id));
    expect(restore).toEqual({ ...expected, id, created_at, updated_at, links });
    expect(Object.keys(restore)).toEqual(Object.keys(expected));
  });
});

describe("a restore made here ends in the shape of the page's:", () => {
  test("available, in the list and alone", async () => {
    const page = sample("oneclick");
    const named = recording("show").response.body.restore.restore_options;
    page.restore = { name: named.name, description: named.description, options: named };
    const created = await bench.restore(page);
    const shown = await bench.ended(created);
    expect(shape(shown)).toEqual(shape(recording("show").response.body.restore));
    expect(shown).toMatchObject({
      status: "available",
      restore_type: "restore",
      progress_percent: 100,
      progress_msg: "Restore from snapshot is complete",
      created_at: "2026-01-01T00:00:00.000000",
      updated_at: "2026-01-01T00:00:00.000000",
      finished_at: "2026-01-01T00:09:40.000000",
      time_taken: 580,
      host: "TVM2",
      size: 2147483648,
      uploaded_size: 2147483648,
      metadata: [],
    });
    expect(shown.snapshot_details).toMatchObject({
      status: "available",
      progress_msg: "Creating Instance: cirros-1",
      updated_at: "2026-01-01T00:09:42.000000",
    });
    const [listed] = await bench.list("/restores/detail");
    expect(shape(listed)).toEqual(shape(recording("list").response.body.restores[0]));
    expect(listed.metadata.map(({ key, value }: Body) => [key, value])).toEqual([
      ["data_transfer_time", "0"],
      ["object_store_transfer_time", "0"],
      ["restore_user_selected_value", "Oneclick Restore"],
    ]);
  });

  test("in error: 100 percent all the same, and the reason", async () => {
    const message = "Failed restoring snapshot: Error creating instance 1";
    bench.emulator.faults.add({ method: "POST", action: { kind: "fail", message } });
    const created = await bench.restore();
    await bench.ended(created);
    const [listed] = await bench.list("/restores/detail");
    const expected = recording("list").response.body.restores[1];
    expect(shape({ ...listed, restore_options: {} })).toEqual(shape({ ...expected, restore_options: {} }));
    const { status, progress_percent, progress_msg, warning_msg, time_taken, size, uploaded_size } = expected;
    expect(listed).toMatchObject({
      status,
      progress_percent,
      progress_msg,
      warning_msg,
      time_taken,
      size,
      uploaded_size,
      error_msg: message,
    });
  });
});
