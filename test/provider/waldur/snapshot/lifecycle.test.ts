import { afterEach, describe, expect, it } from "vitest";
import { checkInputs } from "../../../../provider/core/resource/check";
import { applied, appliedKey } from "../../../../provider/core/resource/diff";
import type { Lifecycle } from "../../../../provider/core/resource/lifecycle";
import { snapshotLifecycle } from "../../../../provider/waldur/snapshot/lifecycle";
import type { SnapshotInputs } from "../../../../provider/waldur/snapshot/schema";
import { Stage } from "../../../support/waldurStage";

let stage: Stage | undefined;
afterEach(async () => {
  await stage?.close();
  stage = undefined;
});

const volumeId = "62a4ac5f2c83421a88d607c27a96f162";

/** What changes between a state and arguments; `before` are the arguments that were applied last. */
function changes(observed: object, news: Partial<SnapshotInputs>, before: object = news): string[] {
  const state = { volumeId, ...observed, [appliedKey]: applied({ volumeId, ...before }) };
  return snapshotLifecycle
    .diff(state, { volumeId, ...news })
    .map(({ property, kind }) => `${kind} ${property}`);
}

function refusals(inputs: Record<string, unknown>): string[] {
  const ctx = { identity: { project: "p", stack: "s", name: "nightly" } } as never;
  const { failures } = checkInputs(snapshotLifecycle as Lifecycle, { volumeId, ...inputs }, undefined, ctx);
  return failures.map(({ property }) => property);
}

describe("keptUntil", () => {
  it.each([
    "2027-01-31",
    "2027-01-31T12:30:00Z",
    "2027-01-31T12:30Z",
    "2027-01-31 12:30:00+02:00",
    "2027-01-31T12:30:00.5-0330",
  ])("may be %s", (keptUntil) => expect(refusals({ keptUntil })).toEqual([]));

  it.each(["", "soon", "2027-01-31T12:30:00", "2027-02-31", "2027-01-31T24:00:00Z", 1801483800, true])(
    "may not be %j: it is no instant with its zone",
    (keptUntil) => expect(refusals({ keptUntil })).toEqual(["keptUntil"]),
  );

  it("is the same in every spelling of the instant", () => {
    const observed = { keptUntil: "2027-01-31T00:00:00Z" };
    expect(changes(observed, { keptUntil: "2027-01-31" })).toEqual([]);
    expect(changes(observed, { keptUntil: "2027-01-31T01:00:00+01:00" })).toEqual([]);
    expect(changes(observed, { keptUntil: "2027-01-31T00:00:01Z" })).toEqual(["update keptUntil"]);
    expect(changes({}, { keptUntil: "2027-01-31" })).toEqual(["update keptUntil"]);
  });

  it("that is taken out becomes for ever, and one that nobody declared stays", () => {
    const observed = { keptUntil: "2027-01-31T00:00:00Z" };
    expect(changes(observed, {}, { keptUntil: "2027-01-31" })).toEqual(["update keptUntil"]);
    expect(changes(observed, {}, {})).toEqual([]);
  });

  it("reaches the server as an instant that it takes, however it is spelled", async () => {
    stage = await Stage.start();
    const volume = stage.emulator.uuid("volumes", "data-2");
    for (const [keptUntil, kept] of [
      ["2027-01-31", "2027-01-31T00:00:00Z"],
      ["  2027-01-31 ", "2027-01-31T00:00:00Z"],
      [" 2027-01-31T12:30+02:00 ", "2027-01-31T10:30:00Z"],
    ] as const) {
      const inputs = { volumeId: volume, name: `kept ${kept}`, keptUntil };
      expect(refusals(inputs)).toEqual([]);
      const { outputs } = await snapshotLifecycle.create(inputs, stage.ctx);
      expect(outputs.keptUntil).toBe(kept);
      expect(snapshotLifecycle.diff(outputs, inputs)).toEqual([]);
    }
  });
});

describe("metadata", () => {
  const metadata = { class: "gold", tags: ["a"] };

  it("that the server wiped is no difference, unless it is to be repaired", () => {
    expect(changes({ metadata: {} }, { metadata })).toEqual([]);
    const repair = { metadata, repairMetadata: true };
    expect(changes({ metadata: {}, repairMetadata: true }, repair)).toEqual(["update metadata"]);
  });

  it("that was changed here or there is a difference", () => {
    expect(changes({ metadata }, { metadata: { class: "silver" } }, { metadata })).toEqual([
      "update metadata",
    ]);
    expect(changes({ metadata: { class: "iron" } }, { metadata })).toEqual(["update metadata"]);
    expect(changes({ metadata: {} }, { metadata: { class: "silver" } }, { metadata })).toEqual([
      "update metadata",
    ]);
  });

  it("is the same in any order of its keys", () => {
    expect(changes({ metadata: { tags: ["a"], class: "gold" } }, { metadata })).toEqual([]);
  });

  it("shows no mark of the provider's", async () => {
    stage = await Stage.start();
    const inputs = { volumeId: stage.emulator.uuid("volumes", "data-2"), name: "n", metadata };
    const { id, outputs } = await snapshotLifecycle.create(inputs, stage.ctx);
    expect(stage.emulator.writes[0]?.body).toMatchObject({
      metadata: { ...metadata, pulumi: expect.any(String) },
    });
    expect(outputs.metadata).toEqual(metadata);
    expect((await snapshotLifecycle.read(id, stage.ctx))?.inputs).toEqual(inputs);
  });
});

describe("the other arguments", () => {
  it("change in place, but for the volume", () => {
    const observed = { name: "a", description: "b" };
    expect(changes(observed, { name: " a ", description: "b" })).toEqual([]);
    expect(changes(observed, { name: "c", description: "d" })).toEqual(["update name", "update description"]);
    expect(changes(observed, { volumeId: volumeId.replace("6", "7") })).toEqual(["replace volumeId"]);
    expect(changes(observed, { volumeId: `https://x.example/api/openstack-volumes/${volumeId}/` })).toEqual(
      [],
    );
    expect(changes(observed, { deletion: "unlink" }, {})).toEqual(["update deletion"]);
  });
});
