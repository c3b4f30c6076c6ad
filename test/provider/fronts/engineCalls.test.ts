import * as wire from "@pulumi/pulumi/proto/provider_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { describe, expect, it } from "vitest";
import { EngineCalls, limitsOf } from "../../../provider/fronts/dynamic/engineCalls";

// The order of calls is that of `cmd/dynamic-provider` of Pulumi's SDK.
const calls = new EngineCalls(wire);

describe("what the engine says beside the properties", () => {
  it("is known of a create, which is met again by its arguments", () => {
    const create = (name: string, seconds: number) =>
      new wire.CreateRequest().setProperties(Struct.fromJavaScript({ name })).setTimeout(seconds);
    const read = (request: wire.CreateRequest) => request.getProperties()?.toJavaScript() ?? {};
    const [slow, fast] = [read(create("slow", 90)), read(create("fast", 0))];
    expect(calls.take(fast)).toEqual({ seconds: 0 });
    expect(calls.take(slow)).toEqual({ seconds: 90 });
    expect(slow).toEqual({ name: "slow" });
  });

  it("is known of a diff, an update and a delete, once", () => {
    const diff = new wire.DiffRequest().setId("a").setIgnorechangesList(["size"]);
    expect(diff.getId()).toBe("a");
    expect(calls.take({})).toEqual({ seconds: 0, ignored: ["size"] });
    expect(calls.take({})).toBeUndefined();
    new wire.UpdateRequest().setTimeout(5).setIgnorechangesList(["*"]).getId();
    expect(calls.take({})).toEqual({ seconds: 5, ignored: ["*"] });
    new wire.DeleteRequest().setTimeout(7).getId();
    expect(calls.take({})).toEqual({ seconds: 7 });
  });

  it("is a time limit only where there is one", () => {
    expect(limitsOf("create", { seconds: 90 })).toEqual({ create: "90s" });
    expect(limitsOf("create", { seconds: 0 })).toEqual({});
    expect(limitsOf("create", undefined)).toEqual({});
  });
});

it("an answer to a diff says where something differs, and the next one says nothing of it", () => {
  const { DIFF_SOME } = wire.DiffResponse.DiffChanges;
  const compared = {
    changes: [{ property: "metadata", kind: "update" }],
    details: [{ path: "metadata.team", kind: "update", replaces: false }],
    deleteBeforeReplace: false,
  } as const;
  const answer = calls.answer({ changes: true, replaces: [] }, compared);
  expect(answer.changes).toBe(true);
  const response = new wire.DiffResponse().setChanges(DIFF_SOME);
  expect(response.getDiffsList()).toEqual(["metadata"]);
  expect(response.getHasdetaileddiff()).toBe(true);
  expect(response.getDetaileddiffMap().has("metadata.team")).toBe(true);
  const next = new wire.DiffResponse().setChanges(DIFF_SOME);
  expect(next.getHasdetaileddiff()).toBe(false);
  // The time limits alone may differ, in no place.
  expect(calls.answer({ changes: true }, { ...compared, details: [] }).changes).toBe(true);
  expect(new wire.DiffResponse().setChanges(DIFF_SOME).getHasdetaileddiff()).toBe(false);
});
