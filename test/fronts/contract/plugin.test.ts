import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { cases } from "./cases";
import { Refused } from "./support/codec";
import { Scene } from "./support/scene";
import { Stack } from "./support/stack";
import { bare, isSecret, secret } from "./support/values";

let scene: Scene;
afterEach(() => scene.close());

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
    const shown = names.filter((name) => name in stack.there().outputs);
    expect(secretsIn(stack.there().outputs)).toEqual(shown);
    scene.world.hurryUp();
    const next = await scene.resume(stack);
    await next.up(args);
    const kept = names.filter((name) => name in next.there().outputs);
    expect(kept).toEqual(expect.arrayContaining(kind.repeats.filter((name) => name in plain)));
    expect(secretsIn(next.there().outputs)).toEqual(kept);
    expect(await next.refresh()).toBe("same");
    expect(secretsIn(next.there().outputs)).toEqual(kept);
    expect(secretsIn(next.there().inputs)).toEqual(names);
    expect(await next.up(args)).toBe("same");
  });
});
