import { afterEach, describe, expect, test } from "vitest";
import { Bench, type Body } from "../support/client";

let bench: Bench;

afterEach(() => bench.close());

async function stateAfter(seconds: number, object: { url: string }): Promise<string | number> {
  bench.clock.advanceSeconds(seconds);
  const answer = await bench.get(object.url.replace(/^.*\/api\//, ""));
  return answer.status === 200 ? answer.body.state : answer.status;
}

describe("countdowns of a real server", () => {
  test("a snapshot needs 12 s, its rename 3.6 s, its deletion 7 s", async () => {
    bench = await Bench.start();
    const { body } = await bench.snapshot("timed");
    expect(await stateAfter(1.9, body)).toBe("Creation Scheduled");
    expect(await stateAfter(9.9, body)).toBe("Creating");
    expect(await stateAfter(0.5, body)).toBe("OK");
    await bench.call("PATCH", `openstack-snapshots/${body.uuid}/`, { name: "renamed" });
    expect(await stateAfter(3.4, body)).toBe("Updating");
    expect(await stateAfter(0.2, body)).toBe("OK");
    await bench.call("DELETE", `openstack-snapshots/${body.uuid}/`);
    expect(await stateAfter(6.9, body)).toBe("Deleting");
    expect(await stateAfter(0.2, body)).toBe(404);
  });

  test("a restore needs 32 s, at ten times the speed 3.2 s", async () => {
    bench = await Bench.start({ speed: 10 });
    const { body: snapshot } = await bench.snapshot("fast");
    expect(await stateAfter(1.3, snapshot)).toBe("OK");
    const { body: volume } = await bench.post(`openstack-snapshots/${snapshot.uuid}/restore/`, { name: "r" });
    expect(await stateAfter(3.1, volume)).toBe("Creating");
    expect(await stateAfter(0.2, volume)).toBe("OK");
  });

  test("an ordered volume appears after half a second and is done after 32.75 s", async () => {
    bench = await Bench.start();
    const { body: order } = await bench.order({ name: "ordered", size: 1024 });
    expect((await bench.read(order)).resource_uuid).toBeNull();
    bench.clock.advanceSeconds(0.6);
    const { resource_uuid: uuid } = await bench.read(order);
    expect(bench.emulator.world.volumes.get(uuid)).toMatchObject({
      name: "ordered",
      state: "Creation Scheduled",
    });
    expect(await stateAfter(32, order)).toBe("executing");
    expect(await stateAfter(0.2, order)).toBe("done");
  });

  test("every answer has the clock's date", async () => {
    bench = await Bench.start();
    bench.clock.advanceSeconds(90);
    const { headers } = await bench.get("users/me/");
    expect(headers.get("date")).toBe("Thu, 01 Jan 2026 00:01:30 GMT");
  });
});

describe("provisioning", () => {
  test("four snapshots at a time; the others wait for a slot", async () => {
    bench = await Bench.start();
    const made: Body[] = [];
    for (let i = 0; i < 6; i += 1) made.push((await bench.snapshot(`s${i}`)).body);
    bench.clock.advanceSeconds(3);
    const states = () => Promise.all(made.map(async (body) => (await bench.read(body)).state));
    expect(await states()).toEqual([...Array(4).fill("Creating"), ...Array(2).fill("Creation Scheduled")]);
    bench.clock.advanceSeconds(10);
    expect(await states()).toEqual([...Array(4).fill("OK"), ...Array(2).fill("Creation Scheduled")]);
    // Those that wait poll for a slot every five seconds.
    bench.clock.advanceSeconds(5);
    expect(await states()).toEqual([...Array(4).fill("OK"), ...Array(2).fill("Creating")]);
    bench.clock.advanceSeconds(11);
    expect(await states()).toEqual(Array(6).fill("OK"));
  });

  test("volumes and snapshots do not wait for each other", async () => {
    bench = await Bench.start({ maxProvisioning: 1 });
    const { body: snapshot } = await bench.snapshot("s");
    const { body: order } = await bench.order({ name: "v", size: 1024 });
    bench.clock.advanceSeconds(3);
    const volume = (await bench.read(order)).resource_uuid;
    expect((await bench.read(snapshot)).state).toBe("Creating");
    expect(bench.emulator.world.volumes.get(volume)?.state).toBe("Creating");
  });

  test("without a limit all go at once", async () => {
    bench = await Bench.start({ maxProvisioning: Infinity });
    const made: Body[] = [];
    for (let i = 0; i < 20; i += 1) made.push((await bench.snapshot(`s${i}`)).body);
    bench.clock.advanceSeconds(13);
    const rows = await bench.get("openstack-snapshots/?state=OK&name=s&field=name&page_size=300&created=x");
    const names = rows.body.map((row: { name: string }) => row.name);
    expect(made.every(({ name }) => names.includes(name))).toBe(true);
  });
});

describe("what the server does by itself", () => {
  test("the hourly pull empties metadata and takes the cloud's values, but keeps kept_until", async () => {
    bench = await Bench.start();
    const made = await bench.settledSnapshot("s", {
      metadata: { class: "gold" },
      kept_until: "2031-01-01T00:00:00Z",
    });
    expect(made.metadata).toEqual({ class: "gold" });
    const inCloud = bench.emulator.world.cloud.snapshots.get(made.backend_id);
    Object.assign(inCloud ?? {}, { name: "renamed in the cloud" });
    bench.clock.advanceSeconds(3600);
    expect(await bench.read(made)).toMatchObject({
      metadata: {},
      name: "renamed in the cloud",
      kept_until: "2031-01-01T00:00:00Z",
      state: "OK",
    });
  });

  test("a snapshot that is missing in the cloud turns Erred in that pull", async () => {
    bench = await Bench.start();
    const made = await bench.settledSnapshot("s");
    bench.emulator.world.cloud.snapshots.delete(made.backend_id);
    bench.emulator.world.hourlyPull();
    expect(await bench.read(made)).toMatchObject({
      state: "Erred",
      error_message: "does not exist at backend",
    });
  });

  test("every ten minutes expired snapshots go, by way of Deletion Scheduled and Deleting", async () => {
    bench = await Bench.start();
    const kept = await bench.settledSnapshot("kept", { kept_until: "2031-01-01T00:00:00Z" });
    const expired = await bench.settledSnapshot("expired", { kept_until: "2026-01-01T00:05:00Z" });
    expect(await stateAfter(570, expired)).toBe("OK");
    expect(await stateAfter(5, expired)).toBe("Deletion Scheduled");
    expect(await stateAfter(2, expired)).toBe("Deleting");
    expect(await stateAfter(5, expired)).toBe(404);
    expect((await bench.read(kept)).state).toBe("OK");
  });

  test("both can be set off, and both can be switched off", async () => {
    bench = await Bench.start({ periodic: false });
    const made = await bench.settledSnapshot("s", { metadata: { a: 1 }, kept_until: "2026-01-01T00:05:00Z" });
    bench.clock.advanceSeconds(7300);
    expect(await bench.read(made)).toMatchObject({ state: "OK", metadata: { a: 1 } });
    bench.emulator.world.hourlyPull();
    bench.emulator.world.removeExpired();
    expect(await bench.read(made)).toMatchObject({ state: "Deletion Scheduled", metadata: {} });
  });
});
