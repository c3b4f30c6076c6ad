import { describe, expect, it } from "vitest";
import { front } from "../../engine/support/stack";
import { type Origin, recording } from "../../support/recordedStates/deployment";
import { expectSame, expectTakenOver, takeUp } from "../../support/recordedStates/upgrade";
import { cinderByHand } from "../support/byHand";
import { scenario, withPassword } from "../support/scenario";

/** Has a stack take up what a version left in Cinder. */
function inCinder(origin: Origin, run: typeof expectSame): Promise<void> {
  return scenario({}, async ({ tenant, proxy, stack }) => {
    const { config = {} } = withPassword(tenant, tenant.user, `${proxy.url}/v3/${tenant.projectId}`);
    const upgrade = await takeUp(stack, cinderByHand(tenant, config), recording(origin, "cinder"));
    proxy.reset();
    await run(upgrade);
    expect(proxy.writes).toEqual([]);
  });
}

describe.each(["0.1.0"])("a state that version %s left", (version) => {
  it("is gone on with: nothing is written, and nothing differs", () =>
    inCinder({ version, front }, expectSame));

  it.runIf(front === "plugin")("through the dynamic front is taken over by the plugin", () =>
    inCinder({ version, front: "dynamic" }, expectTakenOver),
  );
});
