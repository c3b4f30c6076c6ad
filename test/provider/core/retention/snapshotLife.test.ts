import { beforeEach, describe, expect, it } from "vitest";
import { ApiError, ConnectionError, PartialError, UserError } from "../../../../provider/core/errors";
import { applied, appliedKey } from "../../../../provider/core/resource/diff";
import { refusal } from "../../../support/fakeCloud";
import { FakeSnapshots, fakeLife, type Inputs, plain, type State } from "../../../support/fakeSnapshots";
import { failure } from "../../../support/virtualClock";

let cloud: FakeSnapshots;
beforeEach(() => {
  cloud = new FakeSnapshots();
});

const run = <T>(work: Promise<T>): Promise<T> => cloud.clock.run(work);
const userError = (work: Promise<unknown>) => run(failure(work, UserError));

interface Made {
  id: string;
  inputs: Inputs;
  outputs: State;
}

/** Takes a snapshot. */
async function make(args: Partial<Inputs> = {}): Promise<Made> {
  const inputs = { source: "v", name: "nightly", ...args };
  cloud.later(5000, { state: "OK" });
  const { id, outputs } = await run(fakeLife.create(inputs, cloud.context()));
  cloud.calls.length = 0;
  return { id, inputs, outputs };
}

const refresh = ({ id, outputs }: Made) => run(fakeLife.read(id, cloud.context(), outputs));
const change = (made: Made, news: Partial<Inputs>, olds = made.outputs) =>
  fakeLife.update(made.id, olds, { ...made.inputs, ...news }, cloud.context());
const permit = (made: Made, news: Partial<Inputs>) => {
  const declared = { ...made.inputs, ...news };
  const changes = fakeLife.diff(made.outputs, declared);
  return fakeLife.permit(made.id, made.outputs, declared, changes, cloud.context());
};
const remove = ({ id, outputs }: Made, state: Partial<State> = {}) =>
  fakeLife.delete(id, { ...outputs, ...state }, cloud.context());

describe("arguments", () => {
  it("are checked together, and those of a new one against the server's time", () => {
    expect(
      fakeLife.check({ keptUntil: cloud.inDays(1), retainFor: "P1D" }, undefined, cloud.context()),
    ).toEqual([expect.objectContaining({ property: "retainFor" })]);
    // Past by the server's clock, which is ten minutes ahead, not by the one here.
    const keptUntil = cloud.inDays(-0.012);
    cloud.answer();
    expect(fakeLife.checkNew({ keptUntil }, cloud.context())).toEqual([
      expect.objectContaining({ property: "keptUntil" }),
    ]);
    expect(fakeLife.checkNew({ keptUntil }, new FakeSnapshots().context())).toEqual([]);
  });
});

describe("a creation", () => {
  it("is waited for, and gives what the server shows with what only the state knows", async () => {
    cloud.later(20_000, { state: "OK" });
    const inputs = {
      source: "v",
      name: "n",
      keptUntil: cloud.inDays(9),
      retentionMode: "governance",
    } as const;
    const { id, outputs } = await run(fakeLife.create(inputs, cloud.context()));
    expect(id).toBe("7");
    expect(outputs).toEqual({
      source: "v",
      name: "n",
      state: "OK",
      keptUntil: inputs.keptUntil,
      created: expect.any(String),
      expired: false,
      retentionMode: "governance",
      [appliedKey]: applied(inputs),
    });
    expect(cloud.calls).toEqual([["create", "n", inputs.keptUntil]]);
    expect(cloud.experience.of("create snapshot").expectedMs).toBeGreaterThanOrEqual(20_000);
  });

  it("is not given up where the server does not find it yet", async () => {
    const created = run(fakeLife.create({ source: "v", name: "n" }, cloud.context()));
    cloud.later(0, undefined);
    await cloud.clock.pass(5000);
    cloud.put();
    expect((await created).id).toBe("7");
  });

  it("begins its retention at the server's time, and has none where none is declared", async () => {
    const { outputs } = await make({ retainFor: "P10D" });
    expect(outputs.keptUntil).toBe("2026-12-01T08:10:00Z");
    expect((await make()).outputs.keptUntil).toBeUndefined();
  });

  it("of one whose retention would be over at once is refused before anything is made", async () => {
    const inputs = { source: "v", name: "n", keptUntil: cloud.inDays(-1) };
    const error = await userError(fakeLife.create(inputs, cloud.context()));
    expect(error.property).toBe("keptUntil");
    expect(cloud.calls).toEqual([]);
  });

  it("that fails keeps what is known of it", async () => {
    cloud.later(5000, { state: "ERRED", reason: "no host" });
    const inputs = { source: "v", name: "n", forceDelete: true };
    const created = fakeLife.create(inputs, cloud.context());
    const error = await run(failure(created, PartialError));
    expect(error.id).toBe("7");
    expect(error.message).toContain('snapshot "n" (7): ERRED: no host');
    expect(error.outputs).toMatchObject({ state: "ERRED", forceDelete: true, [appliedKey]: applied(inputs) });
  });

  it("that fails and cannot be read keeps what was known before", async () => {
    cloud.later(5000, { state: "ERRED", reason: "no host" });
    cloud.failures.push(refusal(503));
    const created = fakeLife.create({ source: "v", name: "n" }, cloud.context());
    const error = await run(failure(created, PartialError));
    expect(error.outputs).toMatchObject({ name: "n", created: expect.any(String) });
    expect(error.outputs).not.toHaveProperty("state");
  });
});

describe("a refresh", () => {
  it("gives what the server shows, the state's own, and the arguments that declare it", async () => {
    const made = await make({ keptUntil: cloud.inDays(9), allowShorten: true });
    cloud.later(0, { name: "renamed", keptUntil: cloud.inDays(5) });
    const found = await refresh(made);
    expect(found?.outputs).toMatchObject({
      name: "renamed",
      keptUntil: cloud.inDays(5),
      allowShorten: true,
      expired: false,
      [appliedKey]: made.outputs[appliedKey],
    });
    expect(found?.inputs).toEqual({
      source: "v",
      name: "renamed",
      keptUntil: cloud.inDays(5),
      allowShorten: true,
    });
    expect(cloud.calls).toEqual([["before read", 'snapshot "nightly" (7)']]);
  });

  it("works from the id alone, in the server's spelling", async () => {
    cloud.put({ keptUntil: "2027-01-01T00:00:00Z" });
    const found = await run(fakeLife.read(" 7", cloud.context()));
    expect(found).toMatchObject({ id: "7", inputs: { name: "nightly", keptUntil: "2027-01-01T00:00:00Z" } });
    expect(cloud.calls).toEqual([["before read", "snapshot 7"]]);
    await userError(fakeLife.read("x", cloud.context()));
  });

  it("takes a mode that the server keeps", async () => {
    const made = await make();
    cloud.later(0, { reason: "strict" });
    expect((await refresh(made))?.outputs.retentionMode).toBe("compliance");
  });

  it("sees one expire that the server is removing since its retention is over", async () => {
    const made = await make({ keptUntil: cloud.inDays(1) });
    cloud.later(0, { state: "DELETING" });
    expect((await refresh(made))?.outputs.expired).toBe(false);
    await cloud.clock.pass(2 * 86_400_000);
    expect((await refresh(made))?.outputs.expired).toBe(true);
  });

  it("of one that is gone after its time keeps it as expired, with its arguments", async () => {
    const made = await make({ keptUntil: cloud.inDays(1) });
    cloud.rows.clear();
    await cloud.clock.pass(2 * 86_400_000);
    const found = await refresh(made);
    expect(found).toEqual({ id: "7", inputs: made.inputs, outputs: { ...made.outputs, expired: true } });
    expect(cloud.witnessed).toHaveLength(2);
    expect(cloud.warnings).toEqual([]);
    // Once that is known, nothing but a look is needed, and nobody is asked whether it can be seen at all.
    cloud.calls.length = cloud.witnessed.length = 0;
    expect(await run(fakeLife.read("7", cloud.context(), found?.outputs))).toEqual(found);
    expect(cloud.calls).toEqual([]);
    expect(cloud.witnessed).toEqual([]);
  });

  it("of one that is gone before its time says so loudly, and has another one taken", async () => {
    const made = await make({ keptUntil: cloud.inDays(1) });
    cloud.rows.clear();
    expect(await refresh(made)).toBeUndefined();
    expect(cloud.warnings).toEqual([expect.stringMatching(/^LOST: snapshot "nightly" \(7\) is gone/)]);
  });

  it("of one that was deleted, and had no retention, finds nothing and says nothing", async () => {
    const made = await make();
    cloud.rows.clear();
    expect(await refresh(made)).toBeUndefined();
    expect(cloud.warnings).toEqual([]);
  });

  it("is an error where it cannot be told whether it is gone", async () => {
    const made = await make();
    cloud.rows.clear();
    cloud.projects.clear();
    await expect(refresh(made)).rejects.toThrow(
      /is not found, but neither is its project ours: it is not treated as/,
    );
  });
});

describe("a change", () => {
  it("writes what differs from what the server says now, and nothing else", async () => {
    const made = await make({ keptUntil: cloud.inDays(1) });
    cloud.later(0, { name: "by somebody" });
    const keptUntil = cloud.inDays(2);
    const outputs = await run(change(made, { name: "new", keptUntil }));
    expect(cloud.calls).toEqual([["write", "7", { name: "new", keptUntil }, "by somebody", "new"]]);
    expect(outputs).toMatchObject({ name: "new", keptUntil, state: "OK" });
    expect(outputs[appliedKey]).toEqual(applied({ ...made.inputs, name: "new", keptUntil }));
    expect(cloud.warnings).toEqual([]);
  });

  it("waits for one that is busy", async () => {
    const made = await make();
    cloud.put({ state: "UPDATING", name: "nightly" });
    cloud.later(5000, { state: "OK" });
    await run(change(made, { name: "new" }));
    expect(cloud.calls).toHaveLength(1);
    expect(cloud.clock.elapsed).toBeGreaterThanOrEqual(5000);
  });

  it("warns of a retention that is shortened where the mode lets it", async () => {
    const made = await make({ keptUntil: cloud.inDays(9) });
    await run(change(made, { keptUntil: cloud.inDays(5) }));
    expect(cloud.warnings).toEqual([expect.stringContaining("its retention is shortened")]);
  });

  it("that the mode forbids is refused before anything is written, and the guard stays as it was", async () => {
    const made = await make({ keptUntil: cloud.inDays(9), retentionMode: "governance" });
    const news = { keptUntil: cloud.inDays(5), retentionMode: "governance" } as const;
    expect((await userError(change(made, news))).message).toContain("is not shortened");
    expect((await userError(permit(made, news))).message).toContain("is not shortened");
    await run(permit(made, { ...news, allowShorten: true }));
    await run(permit(made, { keptUntil: cloud.inDays(10), retentionMode: "governance" }));
    expect(cloud.calls).toEqual([]);
  });

  it("is judged by the retention that the server has, not by the state's", async () => {
    const made = await make({ keptUntil: cloud.inDays(9), retentionMode: "governance" });
    cloud.later(0, { keptUntil: cloud.inDays(1) });
    await run(permit(made, { keptUntil: cloud.inDays(5), retentionMode: "governance" }));
  });

  it("that fails leaves no weaker guard in the state", async () => {
    const made = await make({ keptUntil: cloud.inDays(9) });
    cloud.later(0, { state: "ERRED", reason: "broken" });
    const error = await run(failure(change(made, { name: "new", forceDelete: true }), PartialError));
    expect(error.outputs).toMatchObject({
      state: "ERRED",
      name: "nightly",
      [appliedKey]: made.outputs[appliedKey],
    });
    expect(error.outputs.forceDelete).toBeUndefined();
    expect(cloud.calls).toEqual([]);
  });

  it("of one that is gone is an error that says what to do, by what became of it", async () => {
    const kept = await make({ keptUntil: cloud.inDays(1) });
    cloud.rows.clear();
    const lost = await run(failure(change(kept, { name: "new" }), PartialError));
    expect(lost.message).toMatch(/^LOST: .*pulumi refresh/);
    const plainOne = await make();
    cloud.rows.clear();
    const deleted = await run(failure(change(plainOne, { name: "new" }), PartialError));
    expect(deleted.message).toMatch(/^snapshot "nightly" \(7\) .*pulumi refresh/);
  });
});

describe("what has expired", () => {
  /** A snapshot that went when its time was over. */
  async function expired(args: Partial<Inputs> = {}): Promise<Made> {
    const made = await make({ keptUntil: cloud.inDays(1), ...args });
    cloud.rows.clear();
    await cloud.clock.pass(2 * 86_400_000);
    return made;
  }

  it("is changed in the state alone, with a warning of what that leaves undone", async () => {
    const made = await expired({ allowShorten: true });
    const news = { name: "new", allowShorten: undefined, forceDelete: true };
    const outputs = await run(change(made, news));
    expect(plain(outputs)).toEqual({
      ...plain(made.outputs),
      allowShorten: undefined,
      forceDelete: true,
      expired: true,
    });
    expect(outputs).not.toHaveProperty("allowShorten");
    expect(outputs[appliedKey]).toEqual(applied({ ...made.inputs, ...news }));
    expect(cloud.warnings).toEqual([
      expect.stringMatching(/^snapshot "nightly" was kept until .* and is gone, so name changes nothing/),
    ]);
    expect(cloud.calls).toEqual([]);
    expect(cloud.witnessed).toHaveLength(2);
  });

  it("names all that changes nothing, and is silent where that is nothing", async () => {
    const made = await expired();
    const olds = { ...made.outputs, expired: true };
    await run(change(made, { name: "new", keptUntil: cloud.inDays(9) }, olds));
    expect(cloud.warnings).toEqual([expect.stringContaining("so name, keptUntil changes nothing")]);
    await run(change(made, { forceDelete: true }, olds));
    expect(cloud.warnings).toHaveLength(1);
    expect(cloud.calls).toEqual([]);
  });

  it("is forgotten without a word", async () => {
    const made = await expired();
    await run(remove(made));
    await run(remove(made, { expired: true }));
    expect(cloud.warnings).toEqual([]);
    expect(cloud.calls).toEqual([]);
    // Each time it is made sure that it is gone.
    expect(cloud.witnessed).toHaveLength(4);
  });
});

describe("a replacement", () => {
  it("is refused before the old one's time, by the state that was applied", async () => {
    const made = await make({ keptUntil: cloud.inDays(1) });
    expect((await userError(permit(made, { source: "w" }))).message).toContain("so it is not replaced");
    await run(permit({ ...made, outputs: { ...made.outputs, forceDelete: true } }, { source: "w" }));
    await cloud.clock.pass(2 * 86_400_000);
    await run(permit(made, { source: "w", keptUntil: undefined }));
  });

  it("passes for one that is gone or was never made", async () => {
    const made = await make({ keptUntil: cloud.inDays(1) });
    cloud.later(0, { state: "ERRED", reason: "never made" });
    await run(permit(made, { source: "w" }));
    cloud.rows.clear();
    await run(permit(made, { source: "w" }));
  });

  it("takes the id in any spelling", async () => {
    const made = await make({ keptUntil: cloud.inDays(1) });
    await userError(permit({ ...made, id: " 7" }, { source: "w" }));
  });
});

describe("a deletion", () => {
  it("is refused before the time by any clock, and sent from then on", async () => {
    const made = await make({ keptUntil: cloud.inDays(1) });
    expect((await userError(remove(made))).message).toContain("snapshot 7 is kept until");
    await cloud.clock.pass(86_400_000);
    expect((await userError(remove(made))).message).toContain("(10 minutes more)");
    await cloud.clock.pass(cloud.aheadMs);
    await run(remove({ ...made, id: " 7" }));
    expect(cloud.calls).toEqual([["remove", "7", "nightly"]]);
  });

  it("is forced by what was applied", async () => {
    const made = await make({ keptUntil: cloud.inDays(1), forceDelete: true });
    await run(remove(made));
    expect(cloud.calls).toHaveLength(1);
  });

  it("is told in the backend's word", async () => {
    const made = await make({ keptUntil: cloud.inDays(1) });
    expect((await userError(remove(made))).message).toContain("so it is not deleted");
    expect((await userError(remove(made, { name: "unlinked" }))).message).toContain("so it is not unlinked");
  });

  it("passes for one that was never made, whatever its retention", async () => {
    const made = await make({ keptUntil: cloud.inDays(1) });
    cloud.later(0, { state: "ERRED", reason: "never made" });
    await run(remove(made));
    expect(cloud.calls).toHaveLength(1);
  });

  it("waits for one that is busy", async () => {
    const made = await make();
    cloud.put({ state: "UPDATING" });
    cloud.later(5000, { state: "OK" });
    await run(remove(made));
    expect(cloud.clock.elapsed).toBeGreaterThanOrEqual(5000);
  });

  it("is judged again by what is there after the backend's own wait", async () => {
    const made = await make();
    cloud.beforeRemoval = async () => cloud.later(0, { keptUntil: cloud.inDays(1) });
    await userError(remove(made));
    expect(cloud.calls).toEqual([]);
    cloud.put({ keptUntil: undefined });
    cloud.beforeRemoval = async () => {
      cloud.rows.clear();
    };
    await run(remove(made));
    expect(cloud.calls).toHaveLength(1);
  });

  it("of one that is gone before its time says so loudly", async () => {
    const made = await make({ keptUntil: cloud.inDays(1) });
    cloud.rows.clear();
    await run(remove(made));
    expect(cloud.warnings).toEqual([
      expect.stringMatching(/^LOST: snapshot "nightly" \(7\) .*leaves this stack/),
    ]);
  });

  it("of one that was deleted and had no retention is done", async () => {
    const made = await make();
    cloud.rows.clear();
    await run(remove(made));
    expect(cloud.warnings).toEqual([]);
    expect(cloud.calls).toEqual([]);
    expect(cloud.witnessed).toHaveLength(2);
  });
});

it("a server that does not answer is no news of a snapshot", async () => {
  const made = await make();
  const away = new ConnectionError("away", true);
  for (const work of [refresh, remove] as const) {
    cloud.failures.push(away);
    await expect(work(made)).rejects.toBe(away);
  }
  cloud.failures.push(refusal(403));
  await expect(run(failure(change(made, { name: "new" }), PartialError))).resolves.toMatchObject({
    cause: expect.any(ApiError),
  });
});
