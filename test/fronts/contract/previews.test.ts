import { afterEach, describe, expect, it } from "vitest";
import type { Properties } from "../../../provider/core/resource/lifecycle";
import { unknownValue } from "../../../provider/core/values";
import { allLifecycles } from "../../../provider/registry";
import { cases } from "./cases";
import { waldurSnapshot } from "./cases/waldurSnapshot";
import { fronts, identity } from "./support/codec";
import { classOf, endPreviews, knownOf, previewWith } from "./support/program";
import { Scene } from "./support/scene";
import type { Stack } from "./support/stack";
import { bare } from "./support/values";

let scene: Scene;
afterEach(() => scene?.close());

it("every kind of resource is in the suite", () => {
  expect(cases.map(({ type }) => type).sort()).toEqual(allLifecycles.map(({ type }) => type).sort());
});

/** The part of a preview that says something. */
function known(shown: Properties): Properties {
  return Object.fromEntries(Object.entries(shown).filter(([, value]) => value !== unknownValue));
}

describe.each(cases)("what the plugin shows of a $type in a preview", (kind) => {
  it("of a create, and of a replacement", async () => {
    scene = await Scene.open(kind, "plugin");
    const stack = await scene.run();
    const shown = bare(await stack.preview(scene.args()));
    const names = Object.keys(shown);
    expect(known(shown)).toEqual(only(scene.args(), kind.known));
    expect(names).toEqual(expect.arrayContaining([...kind.known, ...kind.stable, ...kind.repeats]));
    await stack.up(scene.args());
    // What is shown as known is what comes.
    expect(stack.there().outputs).toMatchObject(known(shown));
    for (const { change } of kind.replacements) {
      const args = scene.args(change(scene.world));
      expect(known(bare(await stack.preview(args)))).toEqual(only(args, kind.known));
    }
  });

  for (const { what, args, known: names } of kind.otherwise ?? []) {
    it(`of the create of ${what}`, async () => {
      scene = await Scene.open(kind, "plugin");
      const stack = await scene.run();
      const declared = args(scene.world);
      const shown = known(bare(await stack.preview(declared)));
      expect(shown).toEqual(only(declared, names));
      await stack.up(declared);
      expect(stack.there().outputs).toMatchObject(shown);
    });
  }

  for (const update of kind.updates) {
    it(`of ${update.what}`, async () => {
      scene = await Scene.open(kind, "plugin");
      const before = update.before?.(scene.world);
      const args = scene.args({ ...before, ...update.change(scene.world) });
      const stack = await scene.made(scene.args(before));
      const olds = bare(stack.there().outputs);
      const shown = bare(await stack.preview(args));
      expect(shown).toEqual({
        ...Object.fromEntries(Object.keys(olds).map((name) => [name, unknownValue])),
        ...only(
          olds,
          [...kind.stable, ...kind.repeats].filter((name) => !(name in update.shows)),
        ),
        ...only(
          args,
          Object.keys(update.shows).filter((name) => update.shows[name] === "declared"),
        ),
      });
      expect((await stack.diff(args)).detailed).toEqual(update.detailed);
      expect(await stack.up(args)).toBe("updated");
      expect(stack.there().outputs).toMatchObject(known(shown));
    });
  }
});

describe.each(fronts)("what a program sees in a preview through the %s front", (front) => {
  afterEach(endPreviews);

  it.each(cases)("of a $type: new, changed and left alone", async (kind) => {
    scene = await Scene.open(kind, front);
    const seen = async (stack: Stack, args: Properties) => {
      await previewWith(stack, front);
      return knownOf(new (classOf(kind.type))(identity.name, args));
    };
    // A dynamic provider is not asked for previews: the engine takes the arguments for the outputs, and has no others.
    const shown = (args: Properties, names: string[]) => (front === "dynamic" ? args : only(args, names));
    const args = scene.args();
    expect(await seen(await scene.run(), args)).toEqual(shown(args, kind.known));
    const stack = await scene.made();
    const { id, outputs } = stack.there();
    const { id: same, ...others } = await seen(stack, args);
    expect(same).toBe(id);
    expect(others).toMatchObject(bare(outputs));
    const [update] = kind.updates;
    if (update === undefined) return;
    const changed = scene.args(update.change(scene.world));
    const kept = only(bare(outputs), [...kind.stable, ...kind.repeats]);
    const expected = front === "dynamic" ? changed : { ...kept, ...only(changed, Object.keys(update.shows)) };
    expect(await seen(stack, changed)).toEqual({ id, ...expected });
  });

  it("of a name that is generated", async () => {
    scene = await Scene.open(waldurSnapshot, front);
    await previewWith(await scene.run(), front);
    const resource = new (classOf(waldurSnapshot.type))(identity.name, scene.args({ name: undefined }));
    expect(await knownOf(resource)).toMatchObject({ name: expect.stringMatching(/^drill-[0-9a-f]{7}$/) });
  });
});

function only(values: Properties, names: readonly string[]): Properties {
  return Object.fromEntries(names.filter((name) => name in values).map((name) => [name, values[name]]));
}
