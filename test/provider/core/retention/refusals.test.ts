import { describe, expect, it } from "vitest";
import { UserError } from "../../../../provider/core/errors";
import { type Removal, refuseDeletion, whyGuarded } from "../../../../provider/core/retention/guard";
import type { Kept } from "../../../../provider/core/retention/kept";
import { clocks } from "../../../support/readings";
import { failure, someDay } from "../../../support/virtualClock";

const what = 'snapshot "nightly" (7)';
const keptUntil = "2026-11-24T08:00:00Z";
const day = 86_400_000;
const forget = 'To leave it alone and only forget it here: "pulumi state delete <urn>".';
const shorten =
  'Two ways out: set forceDelete: true and run "pulumi up" first; or shorten keptUntil in the same way, if your ' +
  "policies let you.";
const earlier = shorten.replace("shorten keptUntil", "declare an earlier keptUntil");
const written = shorten.replace(
  "shorten keptUntil in the same way",
  "declare a keptUntil, which an update writes in its place",
);
const foreign = { key: "expire_at", value: keptUntil, tool: "cinder-snapshooter" };
const threeDays = `${what} is kept until ${keptUntil} (3 days more), so it is not deleted`;

/** What a refused deletion says. */
async function words(kept: Partial<Kept>, removal: Partial<Removal> = {}, readings = clocks(someDay)) {
  const wanted: Removal = { verb: "deleted", forced: undefined, ...removal };
  return (
    await failure(
      refuseDeletion({ what, ...kept }, wanted, async () => readings),
      UserError,
    )
  ).message;
}

describe("a deletion that is refused says until when, why and what can be done", () => {
  it.each<[string, Partial<Kept>, string]>([
    ["of what this stack keeps", { keptUntil, declared: true }, `${threeDays} before. ${shorten} ${forget}`],
    ["of what no stack is known to keep", { keptUntil }, `${threeDays} before. ${shorten} ${forget}`],
    [
      "of what somebody else keeps",
      { keptUntil, declared: false },
      `${threeDays} before. ${earlier} This stack declares no retention for it: somebody else has set kept_until. ` +
        forget,
    ],
    [
      "of what only the state knows of",
      { known: keptUntil, declared: true },
      `${threeDays} before. ${shorten} The server has lost that date; the state of this stack has it. ${forget}`,
    ],
    [
      "of what another tool keeps",
      { foreign, declared: false },
      `${threeDays} before. ${earlier} That date was set by cinder-snapshooter, in the metadata key expire_at. ` +
        forget,
    ],
    [
      "of what is kept for good by its mode alone",
      { mode: "governance", declared: false },
      `${what} is kept for good, so it is not deleted before. ${earlier} ${forget}`,
    ],
    [
      "in compliance",
      { keptUntil, mode: "compliance" },
      `${threeDays}: its retentionMode is "compliance", which nothing here can shorten or force. ${forget}`,
    ],
    [
      "of what has a date that nobody can read",
      { keptUntil: "soon" },
      `${what} counts as kept, since kept_until is "soon", which cannot be read, so it is not deleted. ${written} ` +
        forget,
    ],
    [
      "of what another tool gave a date that nobody can read",
      { foreign: { ...foreign, value: "soon" }, declared: false },
      `${what} counts as kept, since expire_at is "soon", which cannot be read, so it is not deleted. ${written} ` +
        `That date was set by cinder-snapshooter, in the metadata key expire_at. ${forget}`,
    ],
  ])("%s", async (_case, kept, message) => expect(await words(kept)).toBe(message));

  it("in the word for what was to be done", async () => {
    expect(await words({ keptUntil }, { verb: "unlinked" })).toContain("so it is not unlinked before");
    expect(await words({ keptUntil, mode: "compliance" }, { verb: "replaced", forced: true })).toContain(
      "so it is not replaced:",
    );
  });

  it("of what another one has replaced already: on which resource, and what a terminal asks", async () => {
    expect(await words({ keptUntil }, { replacedBy: "8" })).toBe(
      `${threeDays} before. Two ways out: set forceDelete: true on the resource, whose object is 8 by now, and run ` +
        '"pulumi up" first; or shorten its kept_until on the server, if your policies let you. To leave it alone and ' +
        'only forget it here: "pulumi state delete <urn>" in a terminal, and choose the pending deletion.',
    );
  });

  it("where a clock that disagrees says that it is over", async () => {
    const message = await words({ keptUntil }, {}, clocks(someDay, someDay + 9 * day));
    expect(message).toBe(
      `${threeDays} before. ${shorten} The clocks disagree: this machine says 2026-11-21T08:00:00Z, the service says ` +
        `2026-11-30T08:00:00Z. ${forget}`,
    );
  });

  it("where no clock says that it runs, but they are not believed", async () => {
    const message = await words({ keptUntil }, {}, clocks(someDay + 9 * day, null));
    expect(message).toBe(
      `${what} was kept until ${keptUntil}, but whether that is over is not certain, so it is not deleted. ${shorten} ` +
        "For the service tells no time: its answers have no Date header, which a proxy may have taken out. The clock " +
        `of this machine, 2026-11-30T08:00:00Z, is not believed alone. ${forget}`,
    );
    const strict = { keptUntil, mode: "governance" } as const;
    const others = clocks(someDay + 9 * day, null, { Keystone: someDay + 9 * day });
    expect(await words(strict, {}, others)).toContain(
      'tells no time, which the mode "governance" needs: its',
    );
  });
});

it("nothing keeps what is over by clocks that are believed", () => {
  const kept = { what, keptUntil };
  expect(whyGuarded(kept, clocks(someDay + 3 * day))).toBeUndefined();
  expect(whyGuarded(kept, clocks(someDay))).toEqual({
    because: `${what} is kept until ${keptUntil} (3 days more)`,
    until: " before",
    more: [],
  });
});
