import { describe, expect, it } from "vitest";
import { ask, remedied, unknown } from "../support/pack";

const rule = "required-metadata";
const config = { keys: ["owner"], defaults: { class: "bronze" } };
const snapshot = (props: Record<string, unknown>) => ({ type: "waldur:Snapshot", props });

describe(rule, () => {
  it("wants every key", async () => {
    const [said] = await ask(rule, snapshot({ metadata: { other: 1 } }), { config });
    expect(said?.message).toContain(
      "found no owner, class in its metadata; wanted the keys owner, class. " +
        'Set metadata: { "owner": "...", "class": "..." }, or let the level "remediate" fill in class.',
    );
    expect(await ask(rule, snapshot({ metadata: { owner: "ops", class: "gold" } }), { config })).toEqual([]);
    expect(await ask(rule, snapshot({}))).toEqual([]);
  });

  it("asks it of volumes where that is said, of Waldur's in the description", async () => {
    const wanted = { config: { keys: ["owner"], volumes: true } };
    const volume = { type: "waldur:Volume", props: { description: "owner=ops" } };
    expect(await ask(rule, volume, wanted)).toEqual([]);
    expect(await ask(rule, { type: "cinder:Volume" }, wanted)).toHaveLength(1);
    expect(await ask(rule, { type: "cinder:Volume" }, { config: { keys: ["owner"] } })).toEqual([]);
    expect(await remedied(rule, { type: "waldur:Volume" }, { config: { ...config, volumes: true } })).toEqual(
      [],
    );
  });

  it("fills in defaults, and leaves the rest as it is", async () => {
    const secret = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", value: "quiet" };
    const props = { volumeId: unknown, metadata: { owner: "ops" }, description: secret };
    for (const front of ["dynamic", "plugin"] as const) {
      expect(await remedied(rule, snapshot(props), { config, front })).toEqual([
        { properties: { ...props, metadata: { owner: "ops", class: "bronze" } }, note: "" },
      ]);
    }
    const [bare] = await remedied(rule, snapshot({ volumeId: "1" }), { config });
    expect(bare?.properties).toEqual({ volumeId: "1", metadata: { class: "bronze" } });
    expect(await remedied(rule, snapshot({ metadata: { class: "gold" } }), { config })).toEqual([]);
  });

  it("notes metadata that are not known yet, and does not touch them", async () => {
    for (const metadata of [unknown, { owner: unknown }]) {
      const [said] = await ask(rule, snapshot({ metadata }), { config });
      expect(said).toMatchObject({
        level: "advisory",
        message: expect.stringContaining("not checked: metadata"),
      });
    }
    const [untouched] = await remedied(rule, snapshot({ metadata: unknown }), { config });
    expect(untouched?.properties).toBeUndefined();
    expect(untouched?.note).toContain("not checked: metadata");
  });
});
