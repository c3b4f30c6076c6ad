import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { cinderSnapshot } from "../fronts/contract/cases/cinderSnapshot";
import { waldurSnapshot } from "../fronts/contract/cases/waldurSnapshot";
import { type Codec, fronts, type Held, Refused } from "../fronts/contract/support/codec";
import { Scene } from "../fronts/contract/support/scene";
import type { Stack } from "../fronts/contract/support/stack";
import { failure } from "../support/virtualClock";

const year = 365 * 86_400_000;
const all = fronts.flatMap((front) =>
  [waldurSnapshot, cinderSnapshot].map((kind) => ({ front, kind, type: kind.type })),
);

describe.each(all)("a $type that is kept, in the $front front", ({ front, kind }) => {
  let scene: Scene;
  let made: Stack;
  let old: Held;
  let writes: number;

  const kept = (args: Record<string, unknown> = {}) =>
    scene.args({ keptUntil: new Date(scene.world.clock.now() + year).toISOString(), ...args });

  /** Begins with a kept snapshot. */
  async function begin(args: Record<string, unknown> = {}): Promise<void> {
    made = await scene.made(kept(args));
    old = made.there();
    writes = scene.world.writes().length;
  }

  beforeEach(async () => {
    scene = await Scene.open(kind, front);
    await begin();
  });
  afterEach(() => scene.close());

  const written = () => scene.world.writes().slice(writes);
  const refused = async (work: Promise<unknown>) => (await failure(work, Refused)).message;

  /** What `up --replace` does: nothing tells the provider of the old one until it is to go. @returns the new one */
  async function replace(codec: Codec, args: Record<string, unknown> = {}): Promise<Held> {
    const { resource } = made;
    const { inputs } = await codec.check(
      resource,
      {},
      codec.declared(resource, kept({ name: "new", ...args })),
    );
    return { ...(await codec.create(resource, inputs)), inputs };
  }

  it("is not replaced by replaceOnChanges: refused before anything is made, in a preview too where it can be", async () => {
    const codec = await scene.codec(front);
    const { resource } = made;
    const declared = codec.declared(resource, { ...old.inputs, name: "renamed" });
    const { inputs } = await codec.check(resource, old.inputs, declared);
    expect(await codec.diff(resource, old, inputs)).toMatchObject({ changes: true, replaces: [] });
    const again = await codec.check(resource, {}, declared);
    if (front === "plugin")
      expect(await refused(codec.previewCreate(resource, again.inputs))).toContain("so it is not replaced");
    expect(await refused(codec.create(resource, again.inputs))).toMatch(
      /is kept until .*so it is not replaced/,
    );
    expect(written()).toEqual([]);
  });

  it("is replaced where forceDelete was applied, or where it is gone", async () => {
    await begin({ name: "forced", forceDelete: true });
    const codec = await scene.codec(front);
    const { resource } = made;
    const declared = codec.declared(resource, { ...old.inputs, name: "renamed" });
    await codec.diff(resource, old, (await codec.check(resource, old.inputs, declared)).inputs);
    const { inputs } = await codec.check(resource, {}, declared);
    await codec.create(resource, inputs);
    await codec.delete(resource, old);
    expect(scene.world.writes().filter((line) => line.startsWith("DELETE"))).toHaveLength(1);
  });

  it("stays after up --replace, and each later run says what has taken its place", async () => {
    const codec = await scene.codec(front);
    const fresh = await replace(codec);
    const { resource } = made;
    for (const run of [codec, await scene.codec(front)]) {
      if (run !== codec) await run.diff(resource, fresh, fresh.inputs);
      const message = await refused(run.delete(resource, old));
      expect(message).toContain(`set forceDelete: true on the resource, whose object is ${fresh.id} by now,`);
    }
    expect(written().filter((line) => line.startsWith("DELETE"))).toEqual([]);
  });

  it("goes after up --replace once an update has applied forceDelete to what took its place", async () => {
    const fresh = await replace(await scene.codec(front));
    const { resource } = made;
    const codec = await scene.codec(front);
    const declared = codec.declared(resource, { ...fresh.inputs, forceDelete: true });
    const { inputs } = await codec.check(resource, fresh.inputs, declared);
    await codec.diff(resource, fresh, inputs);
    // The update comes first: until it has succeeded, nothing is forced.
    await refused(codec.delete(resource, old));
    const outputs = await codec.update(resource, fresh, inputs);
    await codec.delete(resource, old);
    // The next run has it in the state, and reaches what else was replaced.
    const next = await scene.codec(front);
    await next.diff(resource, { id: fresh.id, inputs, outputs }, inputs);
    await next.delete(resource, old);
    expect(written().filter((line) => line.startsWith("DELETE"))).toHaveLength(1);
  });

  it("does not go by a forceDelete that is declared together with the replacement", async () => {
    const codec = await scene.codec(front);
    await replace(codec, { forceDelete: true });
    await refused(codec.delete(made.resource, old));
  });

  it("does not go at all in the mode compliance", async () => {
    await begin({ name: "law", retentionMode: "compliance" });
    const codec = await scene.codec(front);
    const fresh = await replace(codec);
    const { resource } = made;
    const outputs = { ...fresh.outputs, forceDelete: true };
    await codec.diff(resource, { ...fresh, outputs }, fresh.inputs);
    expect(await refused(codec.delete(resource, old))).toContain('its retentionMode is "compliance"');
  });
});
