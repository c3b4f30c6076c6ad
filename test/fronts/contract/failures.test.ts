import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { unknownValue } from "../../../provider/core/values";
import { cases } from "./cases";
import { fronts, Refused } from "./support/codec";
import { Scene } from "./support/scene";
import { Stack } from "./support/stack";
import { bare, isSecret, secret } from "./support/values";

const day = 86_400_000;
let scene: Scene;
afterEach(() => scene.close());

const all = fronts.flatMap((front) => cases.map((kind) => ({ front, kind, type: kind.type })));

describe.each(all)("a $type in the $front front", ({ front, kind }) => {
  beforeEach(async () => {
    scene = await Scene.open(kind, front);
  });

  it("that takes too long stays in the state, and the next run goes on with it", async () => {
    scene.world.slowDown();
    const stack = await scene.run(undefined, { limits: { create: kind.late?.limit ?? 1 } });
    await expect(stack.up(scene.args())).rejects.toThrow(Refused);
    expect(stack.held).toMatchObject({ id: expect.stringMatching(/./) });
    expect(stack.reasons).toEqual([expect.stringMatching(/The next "pulumi up" goes on waiting\.$/)]);
    scene.world.hurryUp();
    const next = await scene.resume(stack);
    expect(await next.up(scene.args())).toBe("updated");
    expect(scene.created()).toBe(1);
    expect(await next.refresh()).toBe("same");
    expect(await next.up(scene.args())).toBe("same");
    await next.destroy();
  });

  it("moves to the other front and back, and nothing is written on the way", async () => {
    let stack = await scene.made();
    const writes = scene.world.writes().length;
    const { id, outputs } = stack.there();
    for (const to of [...fronts.filter((other) => other !== front), front]) {
      stack = await scene.run(stack.held, {}, to);
      // What every call of a dynamic provider needs comes into the state with an update.
      expect(await stack.up(scene.args())).toBe(to === "dynamic" ? "updated" : "same");
      expect(await stack.refresh()).toBe("same");
      expect(await stack.up(scene.args())).toBe("same");
      expect(stack.there().id).toBe(id);
      expect(bare(stack.there().outputs)).toEqual(bare(outputs));
    }
    expect(scene.world.writes()).toHaveLength(writes);
    await stack.destroy();
  });
});

const kept = all.filter(({ kind }) => kind.keeps !== undefined);

describe.each(kept)("a $type that is kept, in the $front front", ({ front, kind }) => {
  let start: number;
  beforeEach(async () => {
    scene = await Scene.open(kind, front);
    start = scene.world.clock.now();
  });
  const args = (days: number) => scene.args(kind.keeps?.(new Date(start + days * day).toISOString()));

  it("is neither deleted nor replaced before its time, also in a preview", async () => {
    const stack = await scene.made(args(30));
    const writes = scene.world.writes().length;
    await expect(stack.destroy()).rejects.toThrow(/is kept until .*so it is not deleted/);
    const [replacement] = kind.replacements;
    const other = { ...args(30), ...replacement?.change(scene.world) };
    await expect(stack.preview(other)).rejects.toThrow(/is kept until .*so it is not replaced/);
    expect(scene.world.writes()).toHaveLength(writes);
    expect(await stack.refresh()).toBe("same");
    scene.world.pass(31 * day);
    await stack.destroy();
    expect(scene.world.writes()).toHaveLength(writes + 1);
  });

  it("stays in the state when its time is over and it is gone", async () => {
    const stack = await scene.made(args(30));
    const writes = scene.world.writes().length;
    scene.world.pass(31 * day);
    scene.world.removeSnapshot(stack.there().id);
    expect(await stack.refresh()).toBe("updated");
    expect(stack.there().outputs).toMatchObject({ expired: true });
    expect(await stack.up(args(30))).toBe("same");
    // Whoever changes it all the same is told, and sees in the preview that the new name is not to come.
    const renamed = { ...args(30), name: "weekly" };
    if (front === "plugin") expect(await stack.preview(renamed)).toMatchObject({ name: unknownValue });
    expect(await stack.up(renamed)).toBe("updated");
    expect(stack.there().outputs).toMatchObject({ name: "nightly", expired: true });
    expect(scene.warnings.join()).toMatch(/is gone, so name changes nothing/);
    await stack.destroy();
    expect(scene.world.writes()).toHaveLength(writes);
  });

  it("leaves the state when it is gone before its time, and that is said loudly", async () => {
    const stack = await scene.made(args(30));
    scene.world.removeSnapshot(stack.there().id);
    expect(await stack.refresh()).toBe("deleted");
    expect(scene.warnings.join()).toMatch(/LOST: .* is gone, although it was to be kept until/);
  });

  it("must have an end in the future when it is new, and may have one of the past when it is imported", async () => {
    const past = args(-30);
    const stack = await scene.run();
    await expect(stack.preview(past)).rejects.toThrow(/keptUntil: .* is past/);
    expect(scene.world.writes()).toEqual([]);
    const held = (await scene.made(args(1))).there();
    scene.world.pass(2 * day);
    const imports = await scene.run(undefined, { imports: held.id });
    const { keptUntil } = args(1);
    expect(await imports.import(held.id, scene.visible({ keptUntil }))).toBe("adopted");
  });
});

/** The output that holds prints of the arguments. */
const prints = "__applied";

/** The names of the properties that came as secrets. */
function secretsIn(properties: Record<string, unknown>): string[] {
  return Object.keys(properties)
    .filter((name) => isSecret(properties[name]))
    .sort();
}

describe.each(cases)("a $type in the plugin", (kind) => {
  beforeEach(async () => {
    scene = await Scene.open(kind, "plugin");
  });

  it("whose creation is cancelled stays in the state, and the next run goes on with it", async () => {
    const { world } = scene;
    world.slowDown();
    const codec = await scene.codec("plugin");
    world.clock.onSleep = async () => {
      if (kind.late ? kind.late.begun(world) : scene.created() > 0) await codec.cancel();
    };
    const stack = new Stack(codec, { type: kind.type });
    await expect(stack.up(scene.args())).rejects.toThrow(Refused);
    world.clock.onSleep = () => undefined;
    expect(stack.reasons).toEqual([
      expect.stringMatching(/cancelled.* The next "pulumi up" goes on waiting\.$/s),
    ]);
    world.hurryUp();
    const next = await scene.resume(stack);
    expect(await next.up(scene.args())).toBe("updated");
    expect(scene.created()).toBe(1);
  });

  it("keeps what is declared as a secret one wherever it shows", async () => {
    const plain = scene.args();
    const names = Object.keys(plain).sort();
    const args = Object.fromEntries(names.map((name) => [name, secret(plain[name])]));
    const stack = await scene.run(undefined, { limits: { create: kind.late?.limit ?? 1 } });
    const inputs = await stack.check(args);
    expect(bare(inputs)).toEqual(plain);
    expect(secretsIn(inputs)).toEqual(names);
    expect(secretsIn(await stack.preview(args))).toEqual(names);
    scene.world.slowDown();
    await expect(stack.up(args)).rejects.toThrow(Refused);
    // What the state keeps of secrets to compare them by could be found out by trying.
    const secrets = [prints, ...names, ...(kind.tells ?? [])].sort();
    const isArgument = (name: string) => !kind.tells?.includes(name);
    const shown = secrets.filter((name) => name in stack.there().outputs).filter(isArgument);
    expect(secretsIn(stack.there().outputs).filter(isArgument)).toEqual(shown);
    scene.world.hurryUp();
    const next = await scene.resume(stack);
    await next.up(args);
    const kept = secrets.filter((name) => name in next.there().outputs);
    expect(kept).toEqual(expect.arrayContaining(kind.repeats.filter((name) => name in plain)));
    expect(secretsIn(next.there().outputs)).toEqual(kept);
    expect(await next.refresh()).toBe("same");
    expect(secretsIn(next.there().outputs)).toEqual(kept);
    expect(secretsIn(next.there().inputs)).toEqual(names);
    expect(await next.up(args)).toBe("same");
  });
});
