import { describe, expect, it } from "vitest";
import { closeNotes, loneCreation, reopenNotes } from "../../../../provider/core/resource/creation";
import { digitsOf } from "../../../../provider/core/resource/mark";
import { type Note, passingNotes } from "../../../../provider/core/resource/notes";

const identity = { project: "backups", stack: "prod", name: "data" };
const note = (nonce: string, more: Partial<Note> = {}): Note => ({
  resource: "r",
  stack: "s",
  nonce,
  at: 1,
  ...more,
});

describe("a creation by itself", () => {
  it("holds nothing, knows no state and no earlier run", async () => {
    const { mark, digits, notes, open, holds, state } = loneCreation(identity, "waldur:Volume");
    expect([holds("id-x"), await state(), open, await notes.of(mark.resource)]).toEqual([
      ...[false, undefined, [], []],
    ]);
    expect(digits).toBe(digitsOf(mark));
  });

  it("is marked as of its resource and its stack, and as no other creation", () => {
    const { mark } = loneCreation(identity, "waldur:Volume");
    const again = loneCreation(identity, "waldur:Volume").mark;
    expect({ ...again, nonce: mark.nonce }).toEqual(mark);
    expect(again.nonce).not.toBe(mark.nonce);
    const stacks = [
      identity,
      { ...identity, stack: "test" },
      { ...identity, project: "other" },
      { ...identity, organization: "acme" },
    ].map((each) => loneCreation(each).mark.stack);
    expect(new Set(stacks).size).toBe(stacks.length);
    expect(loneCreation({ ...identity, organization: "" }).mark.stack).toBe(stacks[0]);
    expect(loneCreation(identity, "").mark.resource).toBe(loneCreation(identity).mark.resource);
    expect(loneCreation(identity).mark.resource).not.toBe(mark.resource);
  });
});

describe("notes", () => {
  it("are kept by nonce, and found by resource and by what Pulumi knows", async () => {
    const notes = passingNotes();
    const [one, two, other] = [note("1"), note("2", { resourceId: "x" }), note("3", { resource: "other" })];
    for (const each of [one, two, other]) await notes.put(each);
    expect(await notes.of("r")).toEqual([one, two]);
    expect(await notes.about("x")).toEqual([two]);
    await notes.put({ ...one, id: "id-1" });
    expect(await notes.of("r")).toEqual([{ ...one, id: "id-1" }, two]);
    await notes.drop(two);
    expect([await notes.of("r"), await notes.about("x")]).toEqual([[{ ...one, id: "id-1" }], []]);
  });

  it("are closed with what Pulumi knows, once, and those of other creations as taken up", async () => {
    const creation = loneCreation(identity);
    const own = note(creation.mark.nonce);
    creation.open.push(own, note("2"));
    await closeNotes(creation, "x", 77);
    expect(creation.open).toEqual([]);
    expect(await creation.notes.about("x")).toEqual([
      { ...own, resourceId: "x", ended: 77 },
      { ...note("2"), takenUp: true, resourceId: "x", ended: 77 },
    ]);
  });

  it("of what leaves the state are opened again, and no others", async () => {
    const notes = passingNotes();
    await notes.put(note("1", { resourceId: "x", ended: 77, takenUp: true, id: "id-1" }));
    await notes.put(note("2", { resourceId: "y", ended: 77 }));
    await reopenNotes(notes, "x");
    expect(await notes.of("r")).toEqual([
      note("1", { resourceId: "x", id: "id-1" }),
      note("2", { resourceId: "y", ended: 77 }),
    ]);
  });
});
