import { afterEach, describe, expect, it } from "vitest";
import { cases } from "../fronts/contract/cases";
import { waldurSnapshot } from "../fronts/contract/cases/waldurSnapshot";
import { fronts } from "../fronts/contract/support/codec";
import { Scene } from "../fronts/contract/support/scene";
import { Stack } from "../fronts/contract/support/stack";
import { WaldurWorld } from "../fronts/contract/support/worlds";

let scene: Scene;
afterEach(() => scene?.close());

const credentials = ["waldurAccessToken", "password"];

/** From now on processes of the front are configured with a credential that the server does not know. */
function spoil({ world }: Scene): string {
  const name = credentials.find((each) => each in world.settings);
  if (name === undefined) throw new Error("the world has other credentials");
  Object.defineProperty(world, "settings", { value: { ...world.settings, [name]: "0".repeat(40) } });
  return name;
}

describe.each(fronts)("a wrong credential is found in the preview of the %s front", (front) => {
  it.each(cases)("of a $type that is new, and of one that changes", async (kind) => {
    scene = await Scene.open(kind, front);
    const { held } = await scene.made();
    const before = scene.world.writes().length;
    spoil(scene);
    const fresh = await scene.run();
    await expect(fresh.preview(scene.args())).rejects.toThrow(/^\w+ http\S+ answered 401: /);
    const [update] = kind.updates;
    if (update !== undefined) {
      const stack = await scene.run(held);
      const changed = scene.args(update.change(scene.world));
      await expect(stack.preview(changed)).rejects.toThrow(/^\w+ http\S+ answered 401: /);
    }
    expect(scene.world.writes()).toHaveLength(before);
  });
});

describe.each(fronts)("a credential that was changed after the last up (%s front)", (front) => {
  it.each(cases)("is named by the refresh and the destroy of a $type, with what helps", async (kind) => {
    scene = await Scene.open(kind, front);
    const { held } = await scene.made();
    const name = spoil(scene);
    const hint = new RegExp(
      `answered 401: .* "pulumi refresh" and "pulumi destroy" use openstack-snapshots:${name} as the last "pulumi up" ` +
        'recorded it with the provider\\. If you have changed it since, run "pulumi up" first, or add --run-program\\.$',
    );
    await expect((await scene.run(held)).refresh()).rejects.toThrow(hint);
    await expect((await scene.run(held)).destroy()).rejects.toThrow(hint);
  });

  it("is not named in a run of a program, which configures the provider anew", async () => {
    scene = await Scene.open(waldurSnapshot, front);
    const { held } = await scene.made();
    spoil(scene);
    const stack = await scene.run(held);
    await stack.check(scene.args());
    const error = await stack.destroy().catch((reason: Error) => reason);
    expect(String(error)).toMatch(/answered 401: /);
    expect(String(error)).not.toContain("pulumi refresh");
  });
});

describe.each(fronts)("looking whether the credentials are right (%s front)", (front) => {
  const me = "GET /api/users/me/";
  const open = async (): Promise<WaldurWorld["emulator"]> => {
    scene = await Scene.open(waldurSnapshot, front);
    if (!(scene.world instanceof WaldurWorld)) throw new Error("a snapshot of Waldur has another world");
    return scene.world.emulator;
  };
  const preview = async (names: readonly string[]) => {
    const codec = await scene.codec(front);
    for (const name of names)
      await new Stack(codec, { type: waldurSnapshot.type, name }).preview(scene.args({ name }));
  };

  it("costs a preview one request, however many resources it has, and a run with nothing to do none", async () => {
    const emulator = await open();
    await preview(["one", "two", "three"]);
    expect(emulator.requests.map(({ route }) => route)).toEqual([me]);
    const stack = await scene.made();
    emulator.resetRequests();
    expect(await stack.up(scene.args())).toBe("same");
    expect(emulator.requests).toEqual([]);
  });

  it("warns, once, where the server does not answer, and lets the preview go on", async () => {
    const emulator = await open();
    const action = { kind: "answer", status: 503, body: { detail: "down" } } as const;
    emulator.faults.add({ route: me, times: Number.POSITIVE_INFINITY, action });
    await preview(["one", "two"]);
    expect(scene.warnings).toEqual([
      expect.stringMatching(/the credentials could not be checked: GET http\S+ answered 503: down$/),
    ]);
  });

  it("says where there is no API at the address", async () => {
    const emulator = await open();
    const action = { kind: "answer", status: 404, body: { detail: "Not found." } } as const;
    emulator.faults.add({ route: me, times: Number.POSITIVE_INFINITY, action });
    await expect(preview(["one"])).rejects.toThrow(
      /^openstack-snapshots:waldurApiUrl: there is no Waldur API at http:\S+\/api\/: GET \S+ answered 404/,
    );
  });
});
