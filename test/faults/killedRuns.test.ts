import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Properties } from "../../provider/core/resource/lifecycle";
import { cases } from "../fronts/contract/cases";
import { fronts } from "../fronts/contract/support/codec";
import { killedUp } from "../fronts/contract/support/killed";
import { Scene } from "../fronts/contract/support/scene";
import type { Stack } from "../fronts/contract/support/stack";

/** What makes an object of its own, through each front. */
const all = fronts.flatMap((front) =>
  cases
    .filter(({ type }) => type !== "waldur:VolumeAttachment")
    .map((kind) => ({ front, kind, type: kind.type })),
);

let scene: Scene;
afterEach(() => scene.close());

/** Names as users most often have them: none given. */
const args = (): Properties => scene.args({ name: undefined });

/** A run that is killed while it makes the object. */
const killed = (stack: Stack, of = args()) => killedUp(scene, stack, of);

describe.each(all)(
  "after kill -9 while a $type is being made through the $front front",
  ({ front, kind }) => {
    beforeEach(async () => {
      scene = await Scene.open(kind, front);
    });

    it("of the provider, the next run takes up what was made", async () => {
      const first = await scene.run();
      await killed(first);
      // The engine lives, and records that the creation has failed.
      first.begun.length = 0;
      const next = await scene.run();
      expect(await next.up(args())).toBe("created");
      expect(scene.created()).toBe(1);
      const later = await scene.run(next.held);
      expect(await later.refresh()).toBe("same");
      expect(await later.up(args())).toBe("same");
      expect(scene.warnings).toEqual([]);
      await later.destroy();
    });

    it("of everything, on another machine, the next run takes up what was made", async () => {
      const first = await scene.run();
      await killed(first);
      scene.moveToAnotherMachine();
      const next = await scene.run();
      expect(await next.up(args())).toBe("created");
      expect(scene.created()).toBe(1);
      expect(scene.warnings).toEqual([]);
    });

    it("of the next run too, the third one takes up what was made", async () => {
      await killed(await scene.run());
      const { world } = scene;
      const second = await scene.run();
      await new Promise<void>((resolve) => {
        world.clock.onSleep = () => {
          world.clock.onSleep = () => undefined;
          resolve();
          return new Promise(() => undefined);
        };
        second.up(args()).then(
          () => resolve(),
          () => resolve(),
        );
      });
      const third = await scene.run();
      expect(await third.up(args())).toBe("created");
      expect(scene.created()).toBe(1);
    });

    it("the next run brings what it takes up to what is declared by then", async () => {
      const [update] = kind.updates.filter(({ before }) => before === undefined);
      if (update === undefined) return;
      await killed(await scene.run());
      const changed = { ...args(), ...update.change(scene.world) };
      const next = await scene.run();
      await next.up(changed);
      expect(scene.created()).toBe(1);
      expect(await (await scene.run(next.held)).up(changed)).toBe("same");
    });
  },
);

describe.each(all)(
  "a $type that was taken out of the state by hand, through the $front front",
  ({ front, kind }) => {
    beforeEach(async () => {
      scene = await Scene.open(kind, front);
    });

    it.each([
      ["at once", 0, false],
      ["30 days later", 30, false],
      ["30 days later, on another machine", 30, true],
    ])("stays out: a new resource of its name makes a new object, %s", async (_, days, moved) => {
      const first = await scene.made(args());
      const { id } = first.there();
      scene.world.pass(days * 24 * 3_600_000);
      if (moved) scene.moveToAnotherMachine();
      const next = await scene.run();
      expect(await next.up(args())).toBe("created");
      expect(scene.created()).toBe(2);
      expect(next.there().id).not.toBe(id);
    });
  },
);
