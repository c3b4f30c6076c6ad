import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { UserError } from "../../../../provider/core/errors";
import type { Creation } from "../../../../provider/core/resource/creation";
import type { WaldurContext } from "../../../../provider/waldur/object";
import { placeOrder } from "../../../../provider/waldur/order/place";
import { Machine } from "../../../support/creations";
import { failure } from "../../../support/virtualClock";
import { Stage } from "../../../support/waldurStage";

let stage: Stage;
let machine: Machine;
beforeEach(async () => {
  stage = await Stage.start({ approval: true });
  machine = new Machine("waldur:Volume");
});
afterEach(() => stage.close());

/** The uuid of the order that a creation of a run has placed, or taken up. */
async function ordered(
  creation: Creation = machine.creation(),
  changes: Parameters<Stage["context"]>[0] = {},
  attributes = {},
): Promise<string> {
  const { project, offering } = stage.emulator.ids;
  const request = { project, offering, attributes: { name: "data-x", size: 10240, ...attributes } };
  return (await placeOrder(stage.context(changes), request, creation)).object.uuid;
}

const act = (order: string, action: string) =>
  stage.context().client.send("POST", `/api/marketplace-orders/${order}/${action}/`, {});

/** Lets an order come to its volume. @returns the volume's uuid */
async function carriedOut(order: string): Promise<string> {
  await act(order, "approve_by_consumer");
  stage.clock.advance(120_000);
  stage.emulator.world.advance();
  return volumeOf(order);
}

function volumeOf(order: string): string {
  const { world } = stage.emulator;
  return world.resources.get(world.orders.get(order)?.resourceUuid ?? "")?.volumeUuid ?? "";
}

/** Notes on the machine that the engine got to know what a creation made. */
async function recorded({ mark, notes }: Creation, id: string): Promise<void> {
  await notes.put({ ...mark, at: 0, id, ended: 1 });
}

describe("an order that an earlier run left waiting", () => {
  it("is taken up, on whatever machine, after whatever time", async () => {
    const uuid = await ordered();
    stage.clock.advance(400 * 24 * 3_600_000);
    expect(await ordered(new Machine("waldur:Volume").creation())).toBe(uuid);
    expect(stage.writes).toEqual(["POST /api/marketplace-orders/"]);
  });

  it("is taken up by another user's token too: the mark tells whose it is", async () => {
    const uuid = await ordered();
    expect(await ordered(machine.creation(), { actor: "admin" })).toBe(uuid);
  });

  it("is not taken up once it was rejected", async () => {
    const uuid = await ordered();
    await act(uuid, "reject_by_consumer");
    expect(await ordered()).not.toBe(uuid);
    expect(stage.warnings).toEqual([]);
  });

  it("is not taken up for another resource", async () => {
    const uuid = await ordered();
    expect(await ordered(machine.creation({ name: "data2" }))).not.toBe(uuid);
    expect(stage.warnings).toEqual([]);
  });

  it("is taken up for the same resource, however often its volume has been replaced since", async () => {
    const uuid = await ordered();
    expect(await ordered(machine.creation({ generation: 1 }))).toBe(uuid);
  });

  it("is not taken up where it is for a volume that no change makes of it", async () => {
    const uuid = await ordered();
    const image = stage.emulator.link("openstack-images", stage.emulator.uuid("images", "debian-12"));
    expect(await ordered(machine.creation(), {}, { image })).not.toBe(uuid);
    const type = stage.emulator.link("openstack-volume-types", stage.emulator.uuid("types", "ssd"));
    expect(await ordered(machine.creation(), {}, { image, type })).not.toBe(uuid);
  });

  it("is not taken up twice in one run", async () => {
    const context = stage.context();
    const { project, offering } = stage.emulator.ids;
    const request = { project, offering, attributes: { name: "data-x", size: 10240 } };
    const [one, two] = [
      await placeOrder(context, request, machine.creation()),
      await placeOrder(context, request, machine.creation()),
    ];
    expect(two.object.uuid).not.toBe(one.object.uuid);
  });
});

describe("two state back ends with the same names", () => {
  it("never share an order that waits, nor the volume of one that is done", async () => {
    const uuid = await ordered(machine.creation({ stack: "one" }));
    const second = await ordered(machine.creation({ stack: "two" }));
    expect(second).not.toBe(uuid);
    await carriedOut(uuid);
    expect(await ordered(machine.creation({ stack: "three" }))).not.toBe(uuid);
    expect(stage.warnings).toEqual([]);
  });
});

describe("an order whose volume is there, but in no state", () => {
  it("is taken up where the run that placed it was killed", async () => {
    const uuid = await ordered();
    await carriedOut(uuid);
    expect(await ordered()).toBe(uuid);
    expect(stage.warnings).toEqual([]);
  });

  it("is taken up where the run had given up before it was approved, or before the volume was made", async () => {
    const killed = machine.creation();
    const uuid = await ordered(killed, { timeoutMs: 60_000 });
    await recorded(killed, uuid);
    stage.clock.advance(65_000);
    await carriedOut(uuid);
    // Nothing is noted of it on another machine.
    expect(await ordered(new Machine("waldur:Volume").creation())).toBe(uuid);
  });

  it("is left alone where a run has recorded it, so that somebody has taken it out of the state", async () => {
    const first = machine.creation();
    const uuid = await ordered(first);
    const volume = await carriedOut(uuid);
    await recorded(first, uuid);
    const next = await ordered(machine.creation({ state: {} }));
    expect(next).not.toBe(uuid);
    expect(stage.warnings).toEqual([
      `volume ${volume} (order ${uuid}) was created for this resource by an earlier run and is not in the state. It is ` +
        'left alone: "openstack-snapshots orphans" lists it with the commands that adopt or remove it.',
    ]);
  });

  it("is left alone where the stack holds it, without a word", async () => {
    const uuid = await ordered();
    const volume = await carriedOut(uuid);
    const elsewhere = new Machine("waldur:Volume");
    for (const unlike of [{ holds: [volume] }, { state: { ids: new Set([volume]) } }])
      expect(await ordered(elsewhere.creation(unlike))).not.toBe(uuid);
    expect(stage.warnings).toEqual([]);
  });

  it("is left alone, without a word, where its volume is gone or going", async () => {
    const uuid = await ordered();
    stage.emulator.world.dropVolume(await carriedOut(uuid));
    expect(await ordered()).not.toBe(uuid);
    expect(stage.warnings).toEqual([]);
  });
});

describe("an order of version 0.1.0", () => {
  /** What such an order holds. */
  async function old(order: string, changes: Record<string, unknown> = {}): Promise<void> {
    const user = await stage.context().client.me();
    const row = stage.emulator.world.orders.get(order);
    if (row === undefined) throw new Error("there is no such order");
    const mark = { resource: "backups/prod/data", user, nonce: "0123456789abcdef", followed: 60, ...changes };
    row.attributes = { ...row.attributes, pulumi: mark };
  }
  const placed = (name = "of before"): Promise<string> =>
    ordered(machine.creation({ name }), { identity: { project: "backups", stack: "prod", name } });

  it("is taken up while it waits", async () => {
    const uuid = await placed();
    await old(uuid);
    expect(await ordered()).toBe(uuid);
  });

  it("is taken up where it was approved after that run had given up, and told of where it was not", async () => {
    const late = await placed();
    await old(late);
    stage.clock.advance(65_000);
    await carriedOut(late);
    expect(await ordered()).toBe(late);

    const followed = await placed("and after");
    await old(followed, { resource: "backups/prod/other", followed: 1800 });
    await carriedOut(followed);
    const identity = { project: "backups", stack: "prod", name: "other" };
    expect(await ordered(machine.creation({ name: "other" }), { identity })).not.toBe(followed);
    expect(stage.warnings).toEqual([
      expect.stringContaining(`(order ${followed}) was created for this resource`),
    ]);
  });

  it("is not taken up for another resource", async () => {
    const uuid = await placed();
    await old(uuid, { resource: "backups/prod/my:Site/data" });
    expect(await ordered()).not.toBe(uuid);
  });

  it("is not taken up where the stack holds its volume, or one that is not known yet", async () => {
    const uuid = await placed();
    await old(uuid);
    stage.clock.advance(65_000);
    const volume = await carriedOut(uuid);
    const replacing: WaldurContext["replacing"][] = [{ id: volume }, {}];
    for (const one of replacing) expect(await ordered(machine.creation(), { replacing: one })).not.toBe(uuid);
  });

  it("of another user is not taken up on a guess while it waits, and left alone once it is done", async () => {
    const uuid = await placed();
    await old(uuid);
    const error = await failure(ordered(machine.creation(), { actor: "admin" }), UserError);
    expect(error.message).toContain(
      `order ${uuid} (pending-consumer) was placed for a resource "backups/prod/data"`,
    );
    stage.clock.advance(65_000);
    await carriedOut(uuid);
    expect(await ordered(machine.creation(), { actor: "admin" })).not.toBe(uuid);
  });
});
