import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { cinder } from "../../provider/cinder/backend";
import type { CinderClient } from "../../provider/cinder/client";
import { snapshotRestorationLifecycle } from "../../provider/cinder/restoration/lifecycle";
import { snapshotLifecycle } from "../../provider/cinder/snapshot/lifecycle";
import { volumeLifecycle } from "../../provider/cinder/volume/lifecycle";
import type { Lifecycle, Properties } from "../../provider/core/resource/lifecycle";
import { CinderDesk, fault, type Row } from "../support/cinderDesk";
import { lifecycleOn } from "../support/lifecycleOn";
import type { Step } from "../support/scriptedServer";

let desk: CinderDesk;
let volume: Row;
let snapshot: Row;
beforeEach(async () => {
  desk = await new CinderDesk().open();
  volume = desk.plant("volume", { name: "data" });
  snapshot = desk.plant("snapshot", { name: "old", volume_id: volume.id });
});
afterEach(() => desk.close());

type AnyLifecycle = Lifecycle<CinderClient, Properties, Properties>;

const kinds: Record<string, { lifecycle: unknown; inputs: () => Properties; of: "snapshot" | "volume" }> = {
  snapshot: { lifecycle: snapshotLifecycle, inputs: () => ({ volumeId: volume.id }), of: "snapshot" },
  volume: { lifecycle: volumeLifecycle, inputs: () => ({ size: 1 }), of: "volume" },
  restoration: {
    lifecycle: snapshotRestorationLifecycle,
    inputs: () => ({ snapshotId: snapshot.id }),
    of: "volume",
  },
};

const on = (lifecycle: unknown, clock = desk.stage.clock) =>
  lifecycleOn(lifecycle as AnyLifecycle, cinder.connect(desk.settings, clock), clock);

const noAnswers: [string, Step][] = [
  ["an empty body", { status: 200, body: "" }],
  ["null", { status: 200, body: "null" }],
  ["an empty object", { status: 200, body: {} }],
  ["an object without its own key", { status: 200, body: { id: "x" } }],
  ["another object", { status: 200, body: { snapshot: { id: "f" }, volume: { id: "f" } } }],
  ["a page of HTML", { status: 200, body: "<html><title>Maintenance</title></html>" }],
  ["an answer that is cut off", "cut"],
  ["a gateway's 404 that names the path", { status: 404, body: { message: "no Route matched" } }],
  ["a page of HTML with 404", { status: 404, body: "<html><title>404</title></html>" }],
];

/** Hits the reads of one object, a number of times. @returns how often it did */
function hit(id: string, times: number, step: Step, after = 0) {
  const seen = { hits: 0, passed: 0 };
  desk.before = ({ method, path }) => {
    if (method !== "GET" || !path.endsWith(`/${id}`) || seen.hits >= times) return undefined;
    if (seen.passed < after) {
      seen.passed += 1;
      return undefined;
    }
    seen.hits += 1;
    return step;
  };
  return seen;
}

describe.each(Object.entries(kinds))("a %s that lives in Cinder", (_, { lifecycle, inputs, of }) => {
  const rows = () => (of === "snapshot" ? desk.snapshots : desk.volumes);
  const notFound = (id: string) => fault(404, "itemNotFound", `${of} ${id} could not be found.`);

  it.each(noAnswers)("is not gone for %s in the place of an answer", async (_, step) => {
    const resource = on(lifecycle);
    const { id, outputs } = await resource.create(inputs());
    for (const times of [1, 6]) {
      hit(id, times, step);
      const found = await resource.read(id, outputs).catch((error: Error) => error);
      expect(found).toBeDefined();
    }
    desk.before = () => undefined;
    expect((await resource.read(id, outputs))?.id).toBe(id);
  });

  it("is not gone for a stale 404, nor for several while a list shows it", async () => {
    const resource = on(lifecycle);
    const { id, outputs } = await resource.create(inputs());
    hit(id, 1, notFound(id));
    expect((await resource.read(id, outputs))?.id).toBe(id);
    hit(id, 9, notFound(id));
    await expect(resource.read(id, outputs)).rejects.toThrow("the list still shows it");
  });

  it("is destroyed in truth although a stale 404 comes at any moment of it", async () => {
    const resource = on(lifecycle);
    for (let after = 0; after < 6; after++) {
      const { id, outputs } = await resource.create(inputs());
      hit(id, 1, notFound(id), after);
      await resource.delete(id, outputs);
      expect(rows().has(id)).toBe(false);
    }
  });

  it("is not gone where the credentials are for another project, or where that is not known", async () => {
    const resource = on(lifecycle);
    const { id, outputs } = await resource.create(inputs());
    const { projectId: _, ...unknown } = outputs;
    rows().delete(id);
    const elsewhere = { ...outputs, projectId: "fd94273f5c2b4b4ab55037449c39ce92" };
    await expect(resource.read(id, elsewhere)).rejects.toThrow(/it was in project fd94273f.* not treated as/);
    // Where the project is not known, an object beside it tells.
    const beside = of === "snapshot" || "snapshotId" in outputs;
    const found = resource.read(id, unknown);
    if (beside) expect(await found).toBeUndefined();
    else await expect(found).rejects.toThrow("it is not known in which project it was");
  });

  it("that is really gone is found so by one refresh", async () => {
    const resource = on(lifecycle);
    const { id, outputs } = await resource.create(inputs());
    rows().delete(id);
    const before = desk.requests().length;
    expect(await resource.read(id, outputs)).toBeUndefined();
    expect(desk.requests().length - before).toBe(3);
  });
});

describe("two hundred objects that are gone at once", () => {
  it.each(["snapshot", "volume"] as const)("share the reading of a list: %s", async (kind) => {
    const made = kinds[kind];
    const resource = on(made?.lifecycle);
    const rows = Array.from({ length: 200 }, () => desk.plant(kind, { volume_id: volume.id }));
    const states = await Promise.all(rows.map(({ id }) => resource.read(id)));
    (kind === "snapshot" ? desk.snapshots : desk.volumes).clear();
    desk.stage.requests.length = 0;
    // While one waits for others who ask too, those have time to get there.
    desk.stage.clock.onSleep = async () => {
      for (let turn = 0; turn < 200; turn++) await new Promise((resolve) => setImmediate(resolve));
    };
    const gone = await Promise.all(states.map((state) => resource.read(state?.id ?? "", state?.outputs)));
    expect(gone.every((one) => one === undefined)).toBe(true);
    const lists = desk.requests(/^GET \/(snapshots|volumes)(\?|$)/);
    expect(lists.length).toBeLessThan(20);
    // A snapshot is looked for among those of its volume, which is a shorter list.
    if (kind === "snapshot") expect(lists.every((line) => line.includes("volume_id="))).toBe(true);
  });
});
