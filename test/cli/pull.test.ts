import { afterEach, describe, expect, it } from "vitest";
import { Stage } from "../support/waldurStage";
import { Run } from "./support/run";

let stage: Stage;
afterEach(() => stage?.close());

const pull = (...args: string[]) => {
  const { emulator, ctx } = stage;
  const env = { WALDUR_API_URL: emulator.url, WALDUR_ACCESS_TOKEN: emulator.tokens.owner };
  return new Run(["pull", ...args], { env, clock: ctx.clock }).outcome();
};

describe("openstack-snapshots pull", () => {
  it("brings a volume whose last change failed back to OK, by its uuid or its URL", async () => {
    stage = await Stage.start();
    const uuid = stage.emulator.uuid("volumes", "erred-1");
    for (const reference of [uuid, stage.emulator.link("openstack-volumes", uuid)]) {
      const row = stage.emulator.world.volumes.get(uuid);
      Object.assign(row ?? {}, { state: "Erred" });
      expect(await pull("volume", reference)).toEqual({
        code: 0,
        stdout: `volume "erred-1" (${uuid}): OK\n`,
        stderr: "",
      });
    }
    expect(stage.writes).toEqual(Array(2).fill("POST /api/openstack-volumes/{uuid}/pull/"));
  });

  it("says why an object is not well afterwards, and fails then", async () => {
    stage = await Stage.start();
    const { code, stdout } = await pull("snapshot", stage.emulator.uuid("snapshots", "seed-snap-1"));
    expect(code).toBe(1);
    expect(stdout).toMatch(/^snapshot "seed-snap-1" \([0-9a-f]{32}\): ERRED: .+\n$/);
  });

  it("fails for an object that does not exist, and for settings that are missing", async () => {
    stage = await Stage.start();
    expect(await pull("volume", "0".repeat(32))).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("there is no volume"),
    });
    const unset = await new Run(["pull", "volume", "0".repeat(32)]).outcome();
    expect(unset).toMatchObject({ code: 1, stderr: expect.stringContaining("WALDUR_API_URL") });
  });

  it.each([[[]], [["image", "x"]], [["volume"]], [["volume", "--help-me"]], [["volume", "x", "--all"]]])(
    "tells how it is used where the arguments are %j",
    async (args) => {
      stage = await Stage.start();
      const { code, stderr } = await pull(...args);
      expect(code).toBe(2);
      expect(stderr).toContain("Usage: openstack-snapshots pull snapshot|volume UUID");
      expect(stage.emulator.requests).toEqual([]);
    },
  );
});
