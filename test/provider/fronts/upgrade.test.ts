import { afterAll, describe, expect, it } from "vitest";
import { ShiftedClock, startTrilio, startWaldur } from "../../../emulator";
import { provider } from "../../../provider/fronts/dynamic/host";
import { kindOf, ownResources, recordedBodies, recording } from "../../support/recordedStates/deployment";
import { filledDeployment } from "../../support/recordedStates/fill";
import { type ByHand, plant } from "../../support/recordedStates/plant";
import { plainly } from "../../support/recordedStates/prints";
import { trilioByHand } from "../../support/recordedStates/trilioByHand";
import { waldurByHand } from "../../support/recordedStates/waldurByHand";

// What the engine does with these states is in `test/engine/upgrade.test.ts`; this tells within seconds what breaks them.

const environment = { ...process.env };
afterAll(() => {
  process.env = environment;
});

/** What each call of the dynamic front comes to for a recorded resource; where nothing differs, as it was recorded. */
async function answers(server: { resetRequests(): void }, byHand: ByHand, version: string, name: string) {
  const { deployment } = recording({ version, front: "dynamic" }, name);
  const filled = plainly(filledDeployment(deployment, await plant(byHand, deployment)));
  server.resetRequests();
  const resources = Object.entries(ownResources(filled as typeof deployment));
  const whole = resources.filter(([, { initErrors, external }]) => !initErrors && !external);
  return Promise.all(
    whole.map(async ([resource, { type, id = "", inputs = {}, outputs = {} }]) => {
      const { check, diff, read } = provider(kindOf(type) ?? "");
      const { __provider: text, ...arguments_ } = inputs;
      const { __provider: _, ...state } = outputs;
      return {
        resource,
        recorded: { checked: { inputs: arguments_, failures: [] }, changes: false, read: state },
        now: {
          checked: await check?.(inputs, inputs),
          changes: (await diff?.(id, outputs, inputs))?.changes,
          read: (await read?.(id, { ...outputs, __provider: text }))?.props,
        },
      };
    }),
  );
}

describe.each(["0.1.0"])("what version %s left", (version) => {
  it("in Waldur passes every call of the dynamic front unchanged", async () => {
    const clock = new ShiftedClock();
    const waldur = await startWaldur({ clock, periodic: false });
    Object.assign(process.env, {
      WALDUR_API_URL: `${waldur.url}/api/`,
      WALDUR_ACCESS_TOKEN: waldur.tokens.owner,
    });
    const all = await answers(waldur, waldurByHand(waldur, clock), version, "waldur");
    expect(all.length).toBeGreaterThan(15);
    for (const { resource, recorded, now } of all) expect(now, resource).toEqual(recorded);
    expect(waldur.writes).toEqual([]);
    await waldur.close();
  });

  it("in Trilio passes every call of the dynamic front unchanged", async () => {
    const clock = new ShiftedClock();
    const trilio = await startTrilio({ clock, guesses: { snapshotBusyWhileRestoring: false } });
    Object.assign(process.env, trilio.env());
    const bodies = recordedBodies({ version, front: "dynamic" }, "trilio");
    const all = await answers(trilio, trilioByHand(trilio, clock, bodies), version, "trilio");
    expect(all.length).toBeGreaterThan(4);
    for (const { resource, recorded, now } of all) expect(now, resource).toEqual(recorded);
    expect(trilio.writes).toEqual([]);
    await trilio.close();
  });
});
