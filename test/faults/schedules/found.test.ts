import { expect, it } from "vitest";
import type { Fault, Wire } from "./kinds";
import { page } from "./kinds/lost";
import { runSchedule } from "./runs/run";
import type { Schedule, Step } from "./runs/schedule";
import type { Answer, Asked } from "./wire/messages";
import { objectIn } from "./wire/replica";
import type { FaultWorld } from "./worlds/world";

/** An `up` right after what was before. */
const up: Step = { act: "up", variant: 0, gapMs: 1000, skewMs: 0 };

/** A schedule of one resource in the plugin, but for what is given. */
function schedule(type: string, parts: Partial<Schedule> = {}): Schedule {
  const usual = { seed: 1, front: "plugin", count: 1, names: "own", kept: false } as const;
  return { ...usual, type, approvalMs: undefined, pageLength: undefined, steps: [up], faults: [], ...parts };
}

/** A fault that hits the first request in its scope. */
function first(scope: Fault["scope"], carry: Fault["carry"]): Fault {
  return { kind: "found", label: "found", scope, skip: 0, times: 1, carry };
}

const swallowed = {
  status: 200,
  headers: { "content-type": "application/json" },
  body: '{"detail": "seen"}',
};

it("an attachment that a proxy took for itself is made by the next up", async () => {
  const faults = [first("write", async () => ({ answer: swallowed }))];
  const { violations } = await runSchedule(schedule("waldur:VolumeAttachment", { faults }));
  expect(violations).toEqual([]);
});

/** A write whose answer is lost, and which the server carries out so many seconds later. */
const lateBy = (seconds: number, answer?: Answer) => async (wire: Wire) => {
  wire.commitLater(seconds * 1000);
  return answer ? { answer } : ({ broken: "ECONNRESET" } as const);
};

/** An answer as it should be, but for its `Date`. */
const dated = (years: number) => async (wire: Wire) => {
  const answer = await wire.commit();
  const date = new Date(wire.clock.now() + years * 365 * 86_400_000).toUTCString();
  return { answer: { ...answer, headers: { ...answer.headers, date } } };
};

/** A kill of the run at a write, which the server carries out. */
const killed = first("write", async (wire) => {
  await wire.commit();
  wire.kill();
  return "silence";
});

it.each(["cinder:Volume", "waldur:SnapshotRestoration"])(
  "a %s with a minute's time is asked for again only by a later up, which sees what the first request made late",
  async (type) => {
    const faults = [{ ...first("write", lateBy(35, page(504))), times: 2 }];
    const { violations } = await runSchedule(schedule(type, { faults, steps: [{ ...up, limit: 60 }] }));
    expect(violations).toEqual([]);
  },
);

it.each(["cinder:Volume", "waldur:SnapshotRestoration"])(
  "a %s that a repeated request has made late is removed although a replica does not know it yet",
  async (type) => {
    let there: ReadonlySet<string> | undefined;
    const unknown = {
      ...first("read", async ({ stale }) => ({ answer: await stale(Number.POSITIVE_INFINITY) })),
      times: 2,
      // The one that came late is the last of two; it is read by itself only to be removed.
      fits(asked: Asked, world: FaultWorld) {
        const made = there ? world.things().filter(({ id }) => !there?.has(id)) : [];
        return made.length === 2 && objectIn(asked) === made.at(-1)?.id;
      },
    };
    const losing = first("write", async (wire) => {
      there = new Set(wire.world.things().map(({ id }) => id));
      return lateBy(8)(wire);
    });
    const { violations } = await runSchedule(schedule(type, { faults: [losing, unknown] }));
    expect(violations).toEqual([]);
  },
);

it.each([
  [409, '{"detail": "Valid states for operation: OK."}'],
  [403, '{"message":"no Route matched with those values"}'],
])("a volume that was made late is removed although that is answered once with %i", async (status, body) => {
  const refused = {
    ...first("write", async () => ({ answer: { status, headers: {}, body } })),
    fits: ({ path }: Asked) => path.includes("/terminate/"),
  };
  const faults = [first("write", lateBy(8)), refused];
  const { violations } = await runSchedule(schedule("waldur:SnapshotRestoration", { faults }));
  expect(violations).toEqual([]);
});

it("a volume that was made late is removed although the next list does not end", async () => {
  let sent = 0;
  let lists = 0;
  const losing: Fault = {
    ...first("write", async (wire) => {
      sent += 1;
      return sent === 1 ? lateBy(35)(wire) : { answer: await wire.commit() };
    }),
    times: 2,
  };
  const endless: Fault = {
    ...first("read", async ({ world, asked }) => ({ answer: await world.endless(asked) })),
    times: Number.POSITIVE_INFINITY,
    // One list shows what was made late.
    fits: (asked, world) => sent === 2 && world.isList(asked) && ++lists > 1,
  };
  for (const type of ["waldur:Volume", "waldur:SnapshotRestoration", "cinder:Volume"]) {
    [sent, lists] = [0, 0];
    const { violations } = await runSchedule(schedule(type, { faults: [losing, endless] }));
    expect(violations).toEqual([]);
  }
});

it.each(["waldur:Volume", "waldur:SnapshotRestoration"])(
  "a list whose last page says that more follow hides nothing that a killed run has left of a %s",
  async (type) => {
    let again = false;
    const killing = first("write", async (wire) => {
      await wire.commit();
      wire.kill();
      again = true;
      return "silence";
    });
    const endless = {
      ...first("read", async ({ world, asked }) => ({ answer: await world.endless(asked) })),
      times: Number.POSITIVE_INFINITY,
      fits: (asked: Asked, world: FaultWorld) => again && world.isList(asked),
    };
    const faults = [killing, endless];
    const { violations } = await runSchedule(
      // What the first run noted is lost with its machine.
      schedule(type, { seed: 3, faults, steps: [up, up], pageLength: 2 }),
    );
    expect(violations).toEqual([]);
  },
);

/** More than any kind of resource has changes. */
const variants = Array.from({ length: 9 }, (_, index) => index);

it.each(["waldur:Snapshot", "waldur:SnapshotRestoration", "cinder:Snapshot", "cinder:Volume"])(
  "a %s of a killed run goes where the program declares by now what no change makes of it",
  async (type) => {
    for (const variant of variants) {
      const steps = [up, { ...up, gapMs: 600_000, variant }];
      const { violations, named } = await runSchedule(schedule(type, { faults: [killed], steps }));
      expect([violations, named]).toEqual([[], 0]);
    }
  },
);

it.each(["cinder:Snapshot", "cinder:Volume", "waldur:Snapshot", "waldur:SnapshotRestoration"])(
  "what a %s of a killed run lost the answers to goes although it is made late and something else is declared",
  async (type) => {
    const losing = { ...first("write", lateBy(35)), times: 2 };
    const killing: Fault = {
      ...first("read", async (wire) => {
        wire.kill();
        return "silence";
      }),
      // By now a repeated request has made what the run waits for.
      fits: (asked) => objectIn(asked) !== undefined,
    };
    for (const variant of variants) {
      const steps = [up, { ...up, gapMs: 5000, variant }];
      const { violations, named } = await runSchedule(schedule(type, { faults: [losing, killing], steps }));
      expect([violations, named]).toEqual([[], 0]);
    }
  },
);

it.each(["cinder:Snapshot", "cinder:Volume", "waldur:Snapshot", "waldur:SnapshotRestoration"])(
  "what a %s lost the answers to is removed although two runs are killed one after the other",
  async (type) => {
    const losing = { ...first("write", lateBy(35)), times: 2 };
    // The first run has noted no id yet; the second one takes the object up.
    const killing = { ...killed, skip: 0 };
    const killingAgain: Fault = {
      ...first("read", async (wire) => {
        wire.kill();
        return "silence";
      }),
      fits: (asked) => objectIn(asked) !== undefined,
    };
    const soon = { ...up, gapMs: 2000 };
    const faults = [losing, killing, killingAgain];
    const { violations, named } = await runSchedule(schedule(type, { faults, steps: [up, soon, soon] }));
    expect([violations, named]).toEqual([[], 0]);
  },
);

it("a volume of a killed replacement is found by the next creation, which is none", async () => {
  for (const variant of variants) {
    const steps = [up, { ...up, variant }, { ...up, act: "destroy" as const }, { ...up, variant }];
    const faults = [{ ...killed, skip: 1 }];
    const { violations, named } = await runSchedule(schedule("cinder:Volume", { faults, steps }));
    expect([violations, named]).toEqual([[], 0]);
  }
});

it.each([20, -20])(
  "what a run was asking for when it was killed is waited for by a machine whose clock is %i years off",
  async (years) => {
    const faults = [
      first("write", async (wire) => {
        wire.commitLater(50_000);
        wire.kill();
        return "silence";
      }),
    ];
    const steps = [up, { ...up, skewMs: years * 365 * 86_400_000 }];
    const { violations } = await runSchedule(schedule("waldur:SnapshotRestoration", { faults, steps }));
    expect(violations).toEqual([]);
  },
);

it.each([20, -20])(
  "a server that once told a time %i years off makes no later run wait for more than a minute",
  async (years) => {
    const wrong = { ...first("any", dated(years)), times: 3 };
    const killing = first("write", async (wire) => {
      wire.commitLater(50_000);
      wire.kill();
      return "silence";
    });
    const steps = [up, { ...up, limit: 120 }];
    for (const type of ["trilio:SnapshotRestoration", "waldur:SnapshotRestoration", "cinder:Volume"]) {
      const { violations } = await runSchedule(schedule(type, { faults: [wrong, killing], steps }));
      expect(violations).toEqual([]);
    }
  },
);
