import { describe, expect, it } from "vitest";
import type { StackState } from "../../../../provider/core/resource/creation";
import { findAbandoned, type Leftover } from "../../../../provider/core/resource/leftover";
import type { Note } from "../../../../provider/core/resource/notes";
import { Machine } from "../../../support/creations";

const hourMs = 3_600_000;
/** The nonce of the earlier creation that everything is about. */
const nonce = "feedfeedfeedfeed";

interface Case {
  /** What is noted of the earlier creation on this machine; absent: nothing. */
  note?: Partial<Note>;
  /** The state; absent: it cannot be read. */
  state?: Partial<StackState>;
  left?: Partial<Leftover<string>>;
  claimed?: string[];
  holds?: string[];
  more?: Leftover<string>[];
  backend?: string;
}

const object: Leftover<string> = { object: "x", id: "id-x", what: "volume x", ageMs: hourMs, nonce };

/** What a creation makes of one object with the mark of its resource. */
async function found({ note, state, left, claimed = [], holds, more = [], backend }: Case) {
  const machine = new Machine("fake:Thing");
  const { mark } = machine.creation();
  if (note) await machine.notes.put({ ...mark, nonce, at: 0, ...note });
  const warnings: string[] = [];
  const abandoned = await findAbandoned(
    { warn: (message) => warnings.push(message) },
    {
      creation: machine.creation({ ...(state ? { state } : {}), ...(holds ? { holds } : {}) }),
      claimed: new Set(claimed),
      idOf: (one) => `id-${one}`,
      ...(backend ? { backend } : {}),
    },
    [{ ...object, stack: mark.stack, ...left }, ...more],
  );
  const extras = abandoned.extras.map((extra) => extra.object);
  return { taken: abandoned.taken?.object, extras, warnings, reads: machine.reads };
}

const unmarked = { nonce: undefined, stack: undefined };

describe("an object that a killed run has left", () => {
  it.each<[string, Case]>([
    ["this machine noted its beginning, and no end", { note: {} }],
    ["its id was noted too", { note: { id: "id-x" } }],
    ["the engine began it, and does not know what became of it", { state: { pending: new Set([nonce]) } }],
    [
      "the provider handed it over, and the engine was killed before it wrote that down",
      { note: { ended: 1 }, state: { pending: new Set([nonce]) } },
    ],
    ["the server shows that the run had left before", { left: { abandoned: true } }],
    ["no state can hold it yet", { left: { id: undefined } }],
    ["the server lost the mark, and its id was noted", { note: { id: "id-x" }, left: unmarked }],
    ["the server lost the mark, and this machine noted a beginning", { note: {}, left: unmarked }],
    ["the server lost the mark, and the engine began one", { state: { begunBefore: true }, left: unmarked }],
    [
      "it bears another stack's mark, and the engine of this one began it",
      {
        state: { pending: new Set([nonce]) },
        left: { stack: "another" },
      },
    ],
    [
      "it was made beside what was recorded, by a request that was repeated",
      { note: { id: "id-y", ended: 1 } },
    ],
    ["after years", { note: {}, left: { ageMs: 1e12 } }],
  ])("is taken up: %s", async (_, known) => {
    expect(await found(known)).toMatchObject({ taken: "x", warnings: [] });
  });

  it("is taken up without reading the state where this machine noted it", async () => {
    expect(await found({ note: {}, state: {} })).toMatchObject({ taken: "x", reads: 0 });
  });
});

describe("an object that was recorded, and taken out of the state by hand", () => {
  it.each<[string, Case]>([
    ["this machine noted its end", { note: { ended: 1 }, state: {} }],
    ["a moment ago", { note: { ended: 1 }, state: {}, left: { ageMs: 0 } }],
    [
      "it was taken up once, which the engine does not know to be the end of what it began",
      {
        note: { ended: 1, takenUp: true },
        state: { pending: new Set([nonce]) },
      },
    ],
    ["its id was noted with its end", { note: { id: "id-x", ended: 1 }, state: {} }],
    ["another stack noted its beginning", { note: { stack: "another" } }],
    [
      "the server lost the mark, and what this machine began has ended",
      { note: { ended: 1 }, left: { ...unmarked, ageMs: 30 * 24 * hourMs }, state: {} },
    ],
    [
      "the server lost the mark, and what this machine began is another one",
      { note: { id: "id-y" }, left: { ...unmarked, ageMs: 30 * 24 * hourMs }, state: {} },
    ],
    ["nothing is noted, a day later", { state: {}, left: { ageMs: 24 * hourMs } }],
    ["nothing is noted, and the state cannot be read", {}],
    [
      "the server lost the mark, and nothing is known",
      { left: { ...unmarked, ageMs: 30 * 24 * hourMs }, state: {} },
    ],
  ])("stays out, and is told of: %s", async (_, known) => {
    const { taken, warnings } = await found(known);
    expect(taken).toBeUndefined();
    expect(warnings).toEqual([
      "volume x was created for this resource by an earlier run and is not in the state. It is left alone: " +
        '"openstack-snapshots orphans" lists it with the commands that adopt or remove it.',
    ]);
  });

  it("is told of with the backend that the command needs", async () => {
    const { warnings } = await found({ note: { ended: 1 }, state: {}, backend: "trilio" });
    expect(warnings).toEqual([
      expect.stringContaining('"openstack-snapshots orphans --backend trilio" lists'),
    ]);
  });

  it("cannot be told from one that was left elsewhere for a day: that one is taken up, and told of", async () => {
    expect(await found({ state: {}, left: { ageMs: 23 * hourMs } })).toMatchObject({
      taken: "x",
      warnings: ["volume x was created for this resource by an earlier run; it is adopted."],
    });
  });
});

describe("an object without a mark, under a name that anybody may give,", () => {
  const anybodys = { ...unmarked, unmarked: true };

  it("is left to a person while it is new, be the state readable or not", async () => {
    for (const state of [{}, undefined]) {
      const { taken, extras, warnings } = await found({ ...(state ? { state } : {}), left: anybodys });
      expect([taken, extras]).toEqual([undefined, []]);
      expect(warnings).toEqual([
        "volume x is not in the state, and it may be what an interrupted run has made of this resource: it has the same " +
          "name, or was made at that time, and the server has lost what tells whose it is. It is left alone. Delete it, " +
          "or import it.",
      ]);
    }
  });

  it.each<[string, Case]>([
    ["it is a day old", { left: { ageMs: 24 * hourMs }, state: {} }],
    ["no state can hold it yet", { left: { id: undefined }, state: {} }],
    ["this run has created it", { claimed: ["id-x"], state: {} }],
    ["this run knows that the stack holds it", { holds: ["id-x"], state: {} }],
    ["the state holds it", { state: { ids: new Set(["id-x"]) } }],
  ])("is nobody's business where %s", async (_, known) => {
    const { taken, warnings } = await found({ ...known, left: { ...anybodys, ...known.left } });
    expect([taken, warnings]).toEqual([undefined, []]);
  });
});

describe("what is somebody's", () => {
  it.each<[string, Case]>([
    ["the state holds it", { state: { ids: new Set(["id-x"]) } }],
    ["this run knows that the stack holds it", { note: {}, holds: ["id-x"] }],
    ["this run has created it", { note: {}, claimed: ["id-x"] }],
    ["another stack's", { left: { stack: "another" }, state: {} }],
    ["another stack's, and the state cannot be read", { left: { stack: "another" } }],
    ["another stack's that waits", { left: { stack: "another", id: undefined } }],
    ["another stack's that its run has left", { left: { stack: "another", abandoned: true }, state: {} }],
  ])("is left alone, without a word: %s", async (_, known) => {
    expect(await found(known)).toMatchObject({ taken: undefined, warnings: [] });
  });
});

describe("what is not as declared, and cannot become so,", () => {
  const differsIn = ["volumeId", "size"];

  it("is to go where a killed run has left it: it would have been replaced", async () => {
    const { taken, extras, warnings } = await found({ note: {}, left: { differsIn } });
    expect([taken, extras, warnings]).toEqual([undefined, ["x"], []]);
  });

  it("is left alone where that is not certain, and told of", async () => {
    const { taken, extras, warnings } = await found({ state: {}, left: { differsIn } });
    expect([taken, extras]).toEqual([undefined, []]);
    expect(warnings).toEqual([
      expect.stringContaining("and its volumeId, size is not as declared. It is left alone"),
    ]);
  });
});

describe("of several", () => {
  const { stack } = new Machine("fake:Thing").creation().mark;
  const older = { ...object, stack, object: "y", id: "id-y", what: "volume y", ageMs: 2 * hourMs };

  it("that the same creation has made, the newest is taken up, and the others are to go", async () => {
    expect(await found({ note: {}, more: [older] })).toMatchObject({
      taken: "x",
      extras: ["y"],
      warnings: [],
    });
  });

  it("that several killed runs have left, the newest is taken up, and the others are to go", async () => {
    const other = { ...older, nonce: "another", abandoned: true };
    expect(await found({ note: {}, more: [other] })).toMatchObject({ taken: "x", extras: ["y"] });
  });

  it("none is to go that a run may have recorded", async () => {
    const { taken, extras, warnings } = await found({ note: {}, more: [{ ...older, nonce: "another" }] });
    expect([taken, extras]).toEqual(["x", []]);
    expect(warnings).toEqual([expect.stringMatching(/^volume y was created/)]);
  });
});
