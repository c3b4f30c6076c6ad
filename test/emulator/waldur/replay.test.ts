import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ManualClock, shortCountdowns, startWaldur, type WaldurEmulator } from "../../../emulator/index";
import { databases } from "./replay/databases";
import { exceptions } from "./replay/exceptions";
import { normalised } from "./replay/matching";
import { loadRecordings } from "./replay/recordings";
import { type Compared, Stage, tell } from "./replay/stage";

const recordings = loadRecordings();
const compared: Compared[] = [];

for (const database of databases()) {
  describe(`recordings of the ${database.name}`, () => {
    let emulator: WaldurEmulator;
    let stage: Stage;

    beforeAll(async () => {
      const clock = new ManualClock(Date.parse("2026-11-21T08:00:00Z"));
      emulator = await startWaldur({
        clock,
        seed: database.seed,
        countdowns: shortCountdowns,
        // The recorded server ran without its periodic jobs.
        periodic: false,
      });
      stage = new Stage(emulator, clock);
    });

    afterAll(() => emulator.close());

    for (const number of database.scenarios) {
      const recording = recordings.get(number);
      if (recording === undefined) throw new Error(`there is no recording ${number}`);
      test(`${recording.scenario}: ${recording.exchanges.length} exchanges`, async () => {
        const results = await stage.play(number, recording);
        compared.push(...results);
        expect(results.flatMap(tell)).toEqual([]);
      });
    }
  });
}

/** What the provider calls; every recorded exchange with one of these must be compared. */
const usedByProvider = [
  "GET /api/openstack-snapshots/",
  "HEAD /api/openstack-snapshots/",
  "GET /api/openstack-snapshots/{uuid}/",
  "HEAD /api/openstack-snapshots/{uuid}/",
  "PATCH /api/openstack-snapshots/{uuid}/",
  "PUT /api/openstack-snapshots/{uuid}/",
  "DELETE /api/openstack-snapshots/{uuid}/",
  "POST /api/openstack-snapshots/{uuid}/restore/",
  "POST /api/openstack-snapshots/{uuid}/pull/",
  "POST /api/openstack-snapshots/{uuid}/unlink/",
  "GET /api/openstack-snapshots/{uuid}/restorations/",
  "GET /api/openstack-volumes/",
  "HEAD /api/openstack-volumes/",
  "GET /api/openstack-volumes/{uuid}/",
  "PATCH /api/openstack-volumes/{uuid}/",
  "PUT /api/openstack-volumes/{uuid}/",
  "POST /api/openstack-volumes/{uuid}/snapshot/",
  "POST /api/openstack-volumes/{uuid}/extend/",
  "POST /api/openstack-volumes/{uuid}/retype/",
  "POST /api/openstack-volumes/{uuid}/attach/",
  "POST /api/openstack-volumes/{uuid}/detach/",
  "POST /api/openstack-volumes/{uuid}/pull/",
  "POST /api/openstack-volumes/{uuid}/unlink/",
  "GET /api/marketplace-orders/",
  "POST /api/marketplace-orders/",
  "GET /api/marketplace-orders/{uuid}/",
  "POST /api/marketplace-orders/{uuid}/approve_by_consumer/",
  "GET /api/marketplace-resources/",
  "GET /api/marketplace-resources/{uuid}/",
  "POST /api/marketplace-resources/{uuid}/terminate/",
  "GET /api/marketplace-public-offerings/",
];

describe("the replay as a whole", () => {
  const recorded = [...recordings.entries()].flatMap(([number, { exchanges }]) =>
    exchanges.map((_, index) => `${number} #${index}`),
  );

  test("compares every recorded exchange", () => {
    const done = new Set(compared.map(({ scenario, index }) => `${scenario} #${index}`));
    const left = recorded.filter((key) => !done.has(key));
    const partly = compared.filter(({ used }) => used.length > 0);
    const counts = usedByProvider.map((route) => [
      route,
      compared.filter((one) => one.route === route).length,
    ]);
    const lines = [
      `replay: ${compared.length} of ${recorded.length} recorded exchanges compared, ${left.length} left out, ${partly.length} of them in part:`,
      ...partly.map(
        ({ scenario, index, exchange, used }) =>
          `  ${scenario} #${index} [${exchange.label}] ${used.map(({ path, reason }) => `${path || "body"}: ${reason}`).join("; ")}`,
      ),
      "replay: compared by meaning:",
      ...normalised.map(({ what, reason }) => `  ${what}: ${reason}`),
    ];
    console.log(lines.join("\n"));
    expect(left).toEqual([]);
    expect(compared.length).toBeGreaterThanOrEqual(600);
    expect(counts.filter(([, count]) => count === 0)).toEqual([]);
  });

  test("needs every exception that it has", () => {
    const used = new Set(compared.flatMap((one) => one.used));
    expect(exceptions.filter((exception) => !used.has(exception))).toEqual([]);
  });

  test("lets no exception touch the provider's endpoints but for one field that the recorder had edited", () => {
    const touched = compared.filter(({ route, used }) => used.length > 0 && usedByProvider.includes(route));
    expect(touched.map(({ scenario, exchange }) => `${scenario} ${exchange.label}`)).toEqual([
      "02 Accept html",
      "02 format=api",
      "10 delete without backend_id (changed)",
    ]);
  });
});
