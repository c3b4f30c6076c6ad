import { describe, expect, it } from "vitest";
import type { Fault, Wire } from "./schedules/kinds/kind";
import { page } from "./schedules/kinds/lost";
import { runSchedule } from "./schedules/runs/run";
import type { Schedule } from "./schedules/runs/schedule";
import type { Answer, Delivery } from "./schedules/wire/messages";

/** Something that is made in each of the ways that there are, and by each backend. */
const types = [
  "waldur:Snapshot",
  "waldur:SnapshotRestoration",
  "waldur:Volume",
  "cinder:Snapshot",
  "trilio:SnapshotRestoration",
];

type Hit = Pick<Fault, "scope" | "carry"> & Partial<Fault>;

const write = (carry: Fault["carry"]): Hit => ({ scope: "write", carry });
const json = (body: string, status = 200): Answer => ({
  status,
  headers: { "content-type": "application/json" },
  body,
});

/** Carried out, and answered with something else. */
const committed = (answer: Answer) => async (wire: Wire) => {
  await wire.commit();
  return { answer };
};
const reset: Delivery = { broken: "ECONNRESET" };

/** A write is carried out and its answer lost; then some of the reads meet something else. */
function lostAndThen(times: number, carry: Fault["carry"]): Hit[] {
  let lost = false;
  const losing = write(async ({ commit }) => {
    await commit();
    lost = true;
    return reset;
  });
  return [losing, { scope: "read", times, fits: () => lost, carry }];
}

/** Runs `up` once with faults, then all that a schedule looks at without them. */
async function upWith(type: string, hits: readonly Hit[], more: Partial<Schedule> = {}) {
  const faults = hits.map((hit, index) => ({
    kind: `fault ${index}`,
    label: "",
    times: 1,
    skip: 0,
    ...hit,
  }));
  const report = await runSchedule({
    seed: 5,
    type,
    front: "plugin",
    count: 1,
    names: "own",
    approvalMs: undefined,
    kept: false,
    pageLength: undefined,
    steps: [{ act: "up", variant: 0, gapMs: 1000, skewMs: 0 }],
    faults,
    ...more,
  });
  const shown = report.history.filter((line) => !line.includes(" GET "));
  const [first = ""] = shown.filter((line) => / s {2}drill-0: /.test(line));
  const calm = shown.findIndex((line) => line.includes("nothing goes wrong"));
  const sends = shown
    .slice(0, calm)
    .filter((line) => / POST (?!.*auth\/tokens)/.test(line) && !line.includes("only now"));
  return { report, first, sends: sends.length, shown: shown.join("\n") };
}

describe.each(types)("a %s that the server has made", (type) => {
  it.each<[string, Answer]>([
    ["an empty body", json("")],
    ["a body of null", json("null")],
    ["a body of {}", json("{}")],
    ["a body with an id that is none", json('{"uuid":"","id":7}')],
    ["408", page(408)],
    ["303", { status: 303, headers: { location: "/" }, body: "" }],
    ["404 of a page in front of it", page(404)],
  ])("and answered with %s, is made once, and in the state after the same up", async (_, answer) => {
    const { report, first, sends, shown } = await upWith(type, [write(committed(answer))]);
    expect(first, shown).toMatch(/created$/);
    expect(sends).toBe(1);
    expect(report.violations).toEqual([]);
  });

  it.each<[string, Delivery]>([
    ["401", { answer: json('{"detail":"Invalid token."}', 401) }],
    ["403", { answer: json('{"detail":"No."}', 403) }],
    ["a redirect", { answer: { status: 302, headers: { location: "/login" }, body: "" } }],
    ["a page of HTML", { answer: { ...page(200), body: "<html><title>Sign in</title></html>" } }],
  ])("is not abandoned where its answer is lost and a look-up meets %s", async (_, delivery) => {
    const hits = lostAndThen(3, async () => delivery);
    const { report, first, sends, shown } = await upWith(type, hits);
    expect(first, shown).toMatch(/created$/);
    expect(sends).toBe(1);
    expect(report.violations).toEqual([]);
  });

  it("is found where its answer is lost and every answer has a Date that is hours ahead", async () => {
    const ahead = async ({ commit, clock }: Wire) => {
      const answer = await commit();
      const date = new Date(clock.now() + 5 * 3_600_000).toUTCString();
      return { answer: { ...answer, headers: { ...answer.headers, date } } };
    };
    const { report, first, sends, shown } = await upWith(type, lostAndThen(1000, ahead));
    expect(first, shown).toMatch(/created$/);
    expect(sends).toBe(1);
    expect(report.violations).toEqual([]);
  });
});

describe.each(types.filter((type) => !type.startsWith("trilio:")))("a %s", (type) => {
  it.each<[string, number, Delivery]>([
    ["8 s after a dropped connection", 8, reset],
    ["35 s after a 504", 35, { answer: page(504) }],
    ["a minute after a dropped connection", 60, reset],
  ])("that is made %s is not doubled", async (_, seconds, delivery) => {
    const late = write(async ({ commitLater }) => {
      commitLater(seconds * 1000);
      return delivery;
    });
    const { report, first, shown } = await upWith(type, [late]);
    expect(first, shown).toMatch(/created$/);
    expect(report.violations).toEqual([]);
  });
});

describe.each(["waldur:Snapshot", "waldur:SnapshotRestoration", "cinder:Snapshot"])(
  "a %s of a given name",
  (type) => {
    it("is not somebody else's that came where its own request was lost before commit", async () => {
      const twin = write(async ({ asked, world, others }) => {
        others(() => world.twin(asked));
        return { answer: page(504) };
      });
      const { report } = await upWith(type, [twin]);
      expect(report.violations).toEqual([]);
    });
  },
);

describe("a snapshot that is kept", () => {
  it.each(["waldur:Snapshot", "cinder:Snapshot"])(
    "(%s) is not doubled by a late commit, since a second one could not be removed",
    async (type) => {
      const late = write(async ({ commitLater }) => {
        commitLater(35_000);
        return { answer: page(504) };
      });
      const { report, first, sends } = await upWith(type, [late], { kept: true });
      expect(first).toMatch(/created$/);
      expect(sends).toBe(1);
      expect(report.violations).toEqual([]);
    },
  );
});
