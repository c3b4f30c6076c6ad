import { join } from "node:path";
import { expect, it } from "vitest";
import { ShiftedClock } from "../../../../emulator";
import { front } from "../../../engine/support/stack";
import { atOnce, type TrilioScenario, trilioRoutes, trilioScenario } from "../../../engine/support/trilio";
import { filled } from "../fill";
import { trilioByHand } from "../trilioByHand";
import { parted, planted, program, record, writeDown } from "./record";

const options = {
  ...{ type: "openstack", restore_type: "oneclick", oneclickrestore: true },
  ...{ openstack: {}, vmware: {} },
};
const bodies = {
  "by hand": { restore: { name: "by hand", description: "old", options } },
  "by hand, in vain": { restore: { name: "by hand, in vain", options } },
};
const failure = { errorMessage: "Error creating instance", warningMessage: "quota is low" };

/** Writes down what started each restore, by its name. */
function writeBodies(name: string, { trilio }: TrilioScenario): void {
  const sent = trilio.requests.filter(({ route }) => route === trilioRoutes.restore);
  const entries = sent.map(({ body }) => [(body as (typeof bodies)["by hand"]).restore.name.trim(), body]);
  writeDown(join(front, `${name}.bodies.json`), Object.fromEntries(entries));
}

it("trilio", () => {
  const clock = new ShiftedClock();
  return trilioScenario({ clock, guesses: atOnce }, async (scenario) => {
    const { trilio, stack } = scenario;
    const byHand = trilioByHand(trilio, clock, bodies);
    const declared = program("trilio");
    const { imported, whole } = parted(declared);
    const documents = await planted(byHand, imported, ({ name }) =>
      name === "adopted-failed" ? { status: "error", ...failure } : {},
    );
    stack.declare(filled(whole, documents));
    await stack.up();
    await stack.refresh();
    trilio.faults.add({ route: trilioRoutes.restore, action: { kind: "stuck" } });
    stack.declare(filled(declared, documents));
    await stack.upFails({ continueOnError: true });
    expect(stack.resources().slow?.initErrors).toHaveLength(1);
    writeBodies("trilio", scenario);
    await record("trilio", stack, byHand);
  });
});

it("trilio-failed", () => {
  const clock = new ShiftedClock();
  return trilioScenario({ clock }, async (scenario) => {
    const { trilio, stack } = scenario;
    const byHand = trilioByHand(trilio, clock, {});
    const { errorMessage: message, warningMessage: warning } = failure;
    trilio.faults.add({ route: trilioRoutes.restore, action: { kind: "fail", message, warning } });
    stack.declare(filled(program("trilio-failed"), byHand.surroundings));
    await stack.upFails();
    writeBodies("trilio-failed", scenario);
    await record("trilio-failed", stack, byHand);
  });
});
