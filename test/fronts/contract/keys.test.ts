import { afterEach, describe, expect, it } from "vitest";
import { metadataSchema, visibleMetadata } from "../../../provider/cinder/metadata";
import { cinderSnapshot } from "./cases/cinderSnapshot";
import { cinderVolume } from "./cases/cinderVolume";
import { waldurSnapshot } from "./cases/waldurSnapshot";
import { fronts } from "./support/codec";
import { Scene } from "./support/scene";

let scene: Scene;
afterEach(() => scene?.close());

/** Keys that every object of JavaScript has something at. */
const odd = { constructor: "acme", hasOwnProperty: "1", toString: "s", valueOf: "v" };

describe.each(
  fronts.flatMap((front) => [waldurSnapshot, cinderSnapshot, cinderVolume].map((kind) => ({ front, kind }))),
)("metadata of a $kind.type in the $front front", ({ front, kind }) => {
  it("may be called what JavaScript's own properties are called", async () => {
    scene = await Scene.open(kind, front);
    const stack = await scene.run();
    const made = scene.args({ metadata: odd });
    expect(await stack.up(made)).toBe("created");
    expect(stack.there().outputs.metadata).toEqual(odd);
    expect(await stack.up(made)).toBe("same");
    const { constructor: _gone, ...others } = odd;
    expect(await stack.up(scene.args({ metadata: { ...others, toString: "t" } }))).toBe("updated");
    expect(stack.there().outputs.metadata).toEqual({ ...others, toString: "t" });
  });
});

it("such keys of others are shown, and only those of the provider itself are refused", () => {
  const { constructor: refused, ...own } = { ...odd, pulumi: "mark" };
  expect(visibleMetadata({ ...odd, pulumi: "mark" })).toEqual(odd);
  expect(metadataSchema.safeParse(odd)).toEqual({ success: true, data: odd });
  const { error } = metadataSchema.safeParse({ ...own, constructor: refused, kept_until: "2027-01-01" });
  expect(error?.issues.map(({ path }) => path)).toEqual([["pulumi"], ["kept_until"]]);
});
