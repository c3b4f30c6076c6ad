import { describe, expect, it } from "vitest";
import type { z } from "zod";
import { isRecord, uuidIn } from "../../../provider/core/values";
import { wireNameOf } from "../../../provider/waldur/names";
import { normalState } from "../../../provider/waldur/states";
import {
  fromWire,
  orderFields,
  restorationFields,
  snapshotFields,
  volumeFields,
} from "../../../provider/waldur/wire";
import { type RecordedBody, recordedBodies } from "../../support/recordedBodies";

const schemas: Record<RecordedBody["kind"], z.ZodObject> = {
  snapshot: snapshotFields,
  volume: volumeFields,
  restoration: restorationFields,
  order: orderFields,
};

const bodies = recordedBodies();
const kinds = Object.keys(schemas) as RecordedBody["kind"][];
const of = (kind: RecordedBody["kind"]) => bodies.filter((one) => one.kind === kind);

const partials = Object.fromEntries(
  Object.entries(schemas).map(([kind, schema]) => [kind, schema.partial()]),
) as typeof schemas;

function read({ kind, body, partial }: RecordedBody): Record<string, unknown> {
  return fromWire((partial ? partials : schemas)[kind], body) as Record<string, unknown>;
}

describe("every recorded answer is understood", () => {
  // A recording that is not found, or no longer matched, would make the other tests pass for nothing.
  it.each([
    ["snapshot", 2000],
    ["volume", 290],
    ["restoration", 20],
    ["order", 80],
  ] as const)("of a %s", (kind, atLeast) => {
    const all = of(kind);
    const failed = all.flatMap((one) => {
      try {
        const seen = read(one);
        return one.body.uuid === undefined || seen.uuid === one.body.uuid
          ? []
          : [`${one.from}: another uuid`];
      } catch (error) {
        return [`${one.from}: ${error}`];
      }
    });
    expect(failed).toEqual([]);
    expect(all.length).toBeGreaterThanOrEqual(atLeast);
    const partial = all.filter((one) => one.partial).length;
    console.log(`recorded bodies of a ${kind}: ${all.length}, ${partial} of them with picked fields only`);
  });

  it.each(kinds)("of a %s, with every value that the schema has a place for", (kind) => {
    for (const one of of(kind)) {
      const seen = read(one);
      for (const name of Object.keys(schemas[kind].shape)) {
        const wire = nameOnWire(kind, name);
        const sent = one.body[wire];
        const expected = expectedOf(kind, name, sent, wire in one.body);
        expect([one.from, name, seen[name]]).toEqual([one.from, name, expected]);
      }
    }
  });

  it.each([
    ["snapshot", ["snapshot_schedule", "snapshot_schedule_uuid"]],
    ["volume", []],
    ["restoration", []],
  ] as const)("of a %s, leaving out just what is known to be left out", (kind, left) => {
    const known = new Set(Object.keys(schemas[kind].shape).map((name) => nameOnWire(kind, name)));
    const unknown = of(kind).flatMap(({ body }) => Object.keys(body).filter((name) => !known.has(name)));
    expect([...new Set(unknown)].filter((name) => !left.includes(name as never))).toEqual([]);
  });
});

/** What Waldur calls a field. */
function nameOnWire(kind: RecordedBody["kind"], name: string): string {
  const isVolume = kind === "restoration" && ["volumeId", "volumeUrl"].includes(name);
  return isVolume ? "volume" : wireNameOf(name);
}

/** What a schema makes of a value that was sent. */
function expectedOf(kind: RecordedBody["kind"], name: string, sent: unknown, present: boolean): unknown {
  if (["metadata", "attributes"].includes(name)) return present && !isRecord(sent) ? {} : sent;
  if (sent === null || sent === undefined) return undefined;
  if (name === "state" && (kind === "snapshot" || kind === "volume")) return normalState(String(sent));
  const isId = ["volumeId", "snapshotId", "imageId", "instanceId", "volumeTypeId"].includes(name);
  if (isId) return uuidIn(sent);
  if (name === "volumeState") return normalState(String(sent));
  if (name === "restorations") {
    return (sent as Record<string, unknown>[]).map((row) => expect.objectContaining({ uuid: row.uuid }));
  }
  return sent;
}

describe("the states of the recordings", () => {
  it("are all known for snapshots and volumes", () => {
    const states = [...of("snapshot"), ...of("volume")].map((one) => read(one).state);
    expect([...new Set(states)].filter(Boolean).sort()).toEqual([
      "CREATING",
      "CREATION_SCHEDULED",
      "DELETING",
      "DELETION_SCHEDULED",
      "ERRED",
      "OK",
      "UPDATE_SCHEDULED",
      "UPDATING",
    ]);
  });
});

describe("references in the recordings", () => {
  it("name the same object by URL and by uuid", () => {
    const pairs = [
      ["projectUrl", "projectId"],
      ["customer", "customerUuid"],
      ["tenant", "tenantUuid"],
      ["url", "uuid"],
    ] as const;
    let compared = 0;
    for (const one of [...of("snapshot"), ...of("volume")]) {
      const seen = read(one);
      for (const [url, uuid] of pairs) {
        if (typeof seen[url] !== "string" || seen[uuid] === undefined) continue;
        expect(uuidIn(seen[url])).toBe(seen[uuid]);
        compared += 1;
      }
    }
    expect(compared).toBeGreaterThan(900);
  });
});
