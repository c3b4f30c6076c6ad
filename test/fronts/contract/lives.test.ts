import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { unknownValue } from "../../../provider/core/values";
import { cases } from "./cases";
import { fronts, Refused } from "./support/codec";
import { Scene } from "./support/scene";
import { WrongArguments } from "./support/stack";
import { bare } from "./support/values";

const all = fronts.flatMap((front) => cases.map((kind) => ({ front, kind, type: kind.type })));

describe.each(all)("a $type in the $front front", ({ front, kind }) => {
  let scene: Scene;
  beforeEach(async () => {
    scene = await Scene.open(kind, front);
  });
  afterEach(() => scene.close());

  it("has its arguments checked: the right ones pass as they are, every wrong one is named", async () => {
    const stack = await scene.run();
    const args = scene.args();
    expect(bare(await stack.check(args))).toEqual(args);
    for (const { change, properties } of kind.wrong) {
      const wrong = stack.check(scene.args(change(scene.world)));
      await expect(wrong).rejects.toThrow(WrongArguments);
      const failures = await wrong.catch((error: WrongArguments) => error.failures);
      expect(failures).toEqual(properties.map((property) => ({ property, reason: expect.any(String) })));
    }
    const late = scene.args({ [kind.reference]: unknownValue });
    expect(bare(await stack.check(late))).toEqual(late);
    expect(scene.world.writes()).toEqual([]);
  });

  it("is made, left alone while nothing differs, and deleted", async () => {
    const stack = await scene.run();
    expect(await stack.up(scene.args())).toBe("created");
    expect(scene.created()).toBe(1);
    const later = await scene.run(stack.held);
    const before = scene.world.writes().length;
    expect(await later.up(scene.args())).toBe("same");
    expect(await later.refresh()).toBe("same");
    expect(later.there()).toEqual(stack.there());
    expect(await later.up(scene.args())).toBe("same");
    expect(scene.world.writes()).toHaveLength(before);
    await later.destroy();
    const gone = await scene.run({ ...stack.there() });
    expect(await gone.refresh()).toBe("deleted");
    // Whoever comes too late finds nothing to do.
    const writes = scene.world.writes().length;
    await (await scene.run(stack.held)).destroy();
    expect(scene.world.writes()).toHaveLength(writes);
  });

  it("is replaced for what cannot change, and only then", async () => {
    const stack = await scene.made();
    const old = stack.there();
    for (const { change, detailed } of kind.replacements) {
      const found = await stack.diff(scene.args(change(scene.world)));
      const replaces = Object.entries(detailed).filter(([, name]) => name.endsWith("_REPLACE"));
      const names = new Set(replaces.map(([path]) => path.split(".")[0]));
      expect(found).toMatchObject({ changes: true, replaces: [...names] });
      if (front === "plugin") expect(found.detailed).toEqual(detailed);
      expect(found.deleteBeforeReplace).toBe(kind.oneAtATime ?? false);
    }
    for (const { change } of kind.updates)
      expect((await stack.diff(scene.args(change(scene.world)))).replaces).toEqual([]);
    expect(scene.created()).toBe(1);
    const [replacement] = kind.replacements;
    if (replacement === undefined) return;
    expect(await stack.up(scene.args(replacement.change(scene.world)))).toBe("replaced");
    expect(scene.created()).toBe(2);
    expect(stack.there().id).not.toBe(old.id);
    expect(await (await scene.run(old)).refresh()).toBe("deleted");
  });

  it("is refreshed without a failure, whatever differs from what is declared", async () => {
    const stack = await scene.made();
    const first = stack.there();
    const changes = [...kind.updates, ...kind.replacements].map(({ change }) => change(scene.world));
    for (const change of changes) {
      const inputs = await stack.check(scene.args(change));
      expect(await (await scene.run({ ...first, inputs })).refresh(), Object.keys(change).join()).toBe(
        "same",
      );
    }
    // Nor is what has grown one, though no up would make it smaller again.
    const grown = kind.updates.find(({ change }) => "size" in change(scene.world));
    if (grown === undefined) return;
    await stack.up(scene.args(grown.change(scene.world)));
    const less = await scene.run({ ...stack.there(), inputs: first.inputs });
    expect(await less.refresh()).not.toBe("deleted");
    await expect(less.up(scene.args())).rejects.toThrow(/a volume cannot shrink/);
  });

  it("is taken over as it is by an import, and never where it is not as declared", async () => {
    const { id, outputs } = (await scene.made()).there();
    const writes = scene.world.writes().length;
    const [other = ""] = Object.keys(kind.differs(scene.world));
    const wrong = await scene.run(undefined, { imports: id });
    const refused = wrong.import(id, scene.visible(kind.differs(scene.world)));
    await expect(refused).rejects.toThrow(Refused);
    await expect(refused).rejects.toThrow(new RegExp(`not as declared: ${other}: declared .*, actual .*`));
    const stack = await scene.run(undefined, { imports: id });
    expect(await stack.import(id, scene.visible())).toBe("adopted");
    const server = Object.entries(bare(outputs)).filter(([name]) => !kind.locals.includes(name));
    expect(bare(stack.there().outputs)).toEqual(Object.fromEntries(server));
    expect(await stack.up(scene.visible())).toBe("same");
    const stranger = kind.stranger(scene.world);
    const strange = await scene.run(undefined, { imports: stranger });
    await expect(strange.import(stranger, scene.visible())).rejects.toThrow(Refused);
    expect(scene.world.writes()).toHaveLength(writes);
  });
});
