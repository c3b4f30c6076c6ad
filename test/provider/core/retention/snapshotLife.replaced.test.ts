import { beforeEach, describe, expect, it } from "vitest";
import { UserError } from "../../../../provider/core/errors";
import type { Held } from "../../../../provider/core/resource/lifecycle";
import { FakeSnapshots, fakeLife, type State } from "../../../support/fakeSnapshots";
import { failure } from "../../../support/virtualClock";

let cloud: FakeSnapshots;
let kept: State;
beforeEach(() => {
  cloud = new FakeSnapshots();
  cloud.put({ keptUntil: cloud.inDays(9) });
  kept = { source: "v", name: "nightly", keptUntil: cloud.inDays(9), expired: false };
});
const run = <T>(work: Promise<T>): Promise<T> => cloud.clock.run(work);

describe("a creation beside an older object of the same resource", () => {
  const permitted = (replacing: Held | undefined) =>
    run(fakeLife.permitReplacement({ ...cloud.context(), replacing }));

  it("is refused before the older one may go", async () => {
    const error = await failure(permitted({ id: " 7", state: kept }), UserError);
    expect(error.message).toMatch(/^snapshot 7 is kept until .*, so it is not replaced before\./);
  });

  it("passes where the older one's deletion is forced, in a mode that lets it be", async () => {
    await permitted({ id: "7", state: { ...kept, forceDelete: true } });
    const strict = { ...kept, forceDelete: true, retentionMode: "compliance" };
    await failure(permitted({ id: "7", state: strict }), UserError);
  });

  it("is refused by what the server says alone where the state is not known", async () => {
    await failure(permitted({ id: "7" }), UserError);
    cloud.later(0, { keptUntil: undefined });
    await permitted({ id: "7" });
  });

  it("passes where there is no older one, or nothing is left of it", async () => {
    await permitted(undefined);
    await permitted({ state: kept });
    expect(cloud.reads).toEqual([]);
    cloud.later(0, { state: "ERRED", reason: "never made" });
    await permitted({ id: "7", state: kept });
    cloud.rows.clear();
    await permitted({ id: "7", state: kept });
  });
});

describe("a deletion of what another object of the resource has replaced", () => {
  const remove = (holds: Held | undefined) => run(fakeLife.delete("7", kept, { ...cloud.context(), holds }));
  const refused = async (holds: Held | undefined) => (await failure(remove(holds), UserError)).message;
  const forced = { ...{ source: "v", expired: false }, forceDelete: true };

  it("is told where its deletion is forced: on the other one", async () => {
    expect(await refused({ id: "8" })).toContain("on the resource, whose object is 8 by now,");
    for (const holds of [undefined, {}, { id: "7" }, { id: " 7" }])
      expect(await refused(holds)).toContain('set forceDelete: true and run "pulumi up" first');
  });

  it("passes where that was forced there", async () => {
    expect(await refused({ id: "7", state: forced })).toContain("so it is not deleted");
    expect(await refused({ id: "8", state: kept })).toContain("so it is not deleted");
    await remove({ id: "8", state: forced });
    expect(cloud.calls).toEqual([["remove", "7", "nightly"]]);
  });
});
