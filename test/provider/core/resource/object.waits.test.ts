import { beforeEach, describe, expect, it } from "vitest";
import { WaitError } from "../../../../provider/core/errors";
import { RemoteObjects, subject } from "../../../../provider/core/resource/object";
import { FakeCloud, fakeAdapter, fakeObjects } from "../../../support/fakeCloud";
import { failure } from "../../../support/virtualClock";

let cloud: FakeCloud;
beforeEach(() => {
  cloud = new FakeCloud();
});
const on = subject("snapshot", "7", "nightly");
const run = <T>(work: Promise<T>): Promise<T> => cloud.clock.run(work);

describe("a wait for an object that has failed", () => {
  const failed = (fresh: boolean, objects = fakeObjects) => {
    cloud.put({ state: "ERRED", reason: "no host" });
    return run(failure(objects.waitReady(cloud.context(), on, { fresh }), WaitError));
  };

  it("says at once what helps: another one where it was new, and a look where it may hold data", async () => {
    expect((await failed(true)).remedy).toBe('Create it again with "pulumi up --replace <urn>".');
    expect(cloud.polls).toHaveLength(1);
    expect((await failed(false)).remedy).toBe(
      'Look at it on the server: what it holds may be untouched. The next "pulumi up" tries again; replace it with ' +
        '"pulumi up --replace <urn>" only where it is lost.',
    );
  });

  it("says what the backend knows of it first", async () => {
    const knowing: typeof fakeAdapter = {
      ...fakeAdapter,
      remedyFor: ({ on: { id }, seen }) => `Free a host for ${id}, which is ${seen.state}.`,
    };
    const objects = new RemoteObjects(knowing);
    expect((await failed(true, objects)).remedy).toBe("Free a host for 7, which is ERRED.");
  });

  it("looks once more for a reason that comes a moment later, and shows the state by then", async () => {
    cloud.put({ state: "ERRED" });
    cloud.later(100, { reason: undefined });
    cloud.later(200, { reason: "no host" });
    const error = await run(failure(fakeObjects.waitReady(cloud.context(), on), WaitError));
    expect(error.message).toContain("ERRED: no host");
    expect(cloud.polls).toHaveLength(2);
    expect(cloud.progress).toEqual(["ERRED, 0 s"]);
  });
});

it("an object that is not found for a moment is waited for", async () => {
  cloud.put({ state: "BUSY" });
  cloud.stale = 1;
  cloud.later(5000, { state: "OK" });
  await run(fakeObjects.waitReady(cloud.context(), on));
  expect(cloud.progress[0]).toBe("not found for a moment, 0 s");
  expect(cloud.clock.elapsed).toBeGreaterThanOrEqual(5000);
});
