import { expect, it } from "vitest";
import { UserError } from "../../../../provider/core/errors";
import { firstEnd } from "../../../../provider/core/retention/begin";
import { clocks } from "../../../support/readings";
import { failure, someDay } from "../../../support/virtualClock";

const readings = clocks(someDay - 60_000, someDay);
const believed = async () => readings;
const doubted = async () => clocks(someDay, null);

it("what is made without a retention asks no clock", async () => {
  const read = async () => Promise.reject(new Error("nobody is to ask"));
  expect(await firstEnd({ retentionMode: "governance" }, read)).toBeUndefined();
});

it("an end that is declared stays as it is, whatever the clocks are worth", async () => {
  for (const read of [believed, doubted])
    expect(await firstEnd({ keptUntil: "2027-01-31" }, read)).toBe("2027-01-31");
});

it("a duration counts from the time of the service", async () => {
  expect(await firstEnd({ retainFor: "P1D" }, believed)).toBe("2026-11-22T08:00:00Z");
});

it("a duration cannot be counted where no clock is believed", async () => {
  const error = await failure(firstEnd({ retainFor: "P1D" }, doubted), UserError);
  expect(error.message).toBe(
    "retainFor: it cannot be told when P1D ends: the service tells no time: its answers have no Date header, which a " +
      "proxy may have taken out. The clock of this machine, 2026-11-21T08:00:00Z, is not believed alone; or give keptUntil",
  );
  expect(error.property).toBe("retainFor");
});

it("an end that is past is refused", async () => {
  const error = await failure(firstEnd({ keptUntil: "2026-11-20" }, believed), UserError);
  expect(error.message).toContain('"2026-11-20" is past: it is 2026-11-21T08:00:00Z now');
  expect(error.property).toBe("keptUntil");
});
