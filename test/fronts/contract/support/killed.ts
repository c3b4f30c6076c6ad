import type { Properties } from "../../../../provider/core/resource/lifecycle";
import type { Scene } from "./scene";
import type { Stack } from "./stack";

/**
 * Begins a run, and freezes it when it sleeps for the first time after the request that makes the object: its process
 * is as good as killed.
 */
export async function killedUp(scene: Scene, stack: Stack, args: Properties): Promise<void> {
  const { world } = scene;
  world.slowDown();
  const made = scene.created();
  await new Promise<void>((resolve, reject) => {
    world.clock.onSleep = () => {
      if (scene.created() === made) return;
      world.clock.onSleep = () => undefined;
      resolve();
      return new Promise(() => undefined);
    };
    stack.up(args).then(() => reject(new Error("it has come to its end")), reject);
  });
  world.hurryUp();
}
