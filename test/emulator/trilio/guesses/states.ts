import type { stateGuesses } from "../../../../emulator/trilio/guesses/states";
import type { Answer } from "../../support/client";
import { sample, type TrilioBench } from "../support/bench";
import { cancelled, type Flip, flip, outcome } from "./flip";

/** The status of a running restore's snapshot. */
async function held(bench: TrilioBench): Promise<string> {
  await bench.restore();
  return (await bench.snapshot("API taken 2")).status;
}

/** What a restore shows some seconds after its cancel. */
async function afterCancel(bench: TrilioBench, seconds: number): Promise<string> {
  const created = await bench.restore();
  await bench.cancel(created);
  bench.clock.advanceSeconds(seconds);
  return (await bench.shown(created)).status;
}

/** A restore that ended and whose record was deleted. */
async function deleted(bench: TrilioBench): Promise<Answer> {
  const created = await bench.restore();
  await bench.ended(created);
  await bench.delete(created);
  return created;
}

function read(bench: TrilioBench, created: Answer): Promise<Answer> {
  return bench.get(`/restores/${created.body.restore.id}`);
}

/** Guesses on states, cancelling and deleting. */
export const stateFlips: Record<keyof typeof stateGuesses, Flip> = {
  snapshotBusyWhileRestoring: flip(held, [true, "restoring"], [false, "available"]),
  snapshotStatusWhileRestoring: flip(held, ["restoring", "restoring"], ["executing", "executing"]),
  createOnBusySnapshot: flip(
    async (bench) => {
      await bench.restore();
      return outcome(bench, await bench.restore());
    },
    ["refused", [400]],
    ["accepted", [202, "available"]],
    ["error", [202, "error"]],
  ),
  createOnFailedSnapshot: flip(
    async (bench) => outcome(bench, await bench.restore(sample("oneclick"), "failed nightly")),
    ["refused", [400]],
    ["error", [202, "error"]],
  ),
  cancelSettled: flip(
    async (bench) => {
      const created = await bench.restore();
      await bench.ended(created);
      return [(await bench.cancel(created)).status, (await bench.shown(created)).status];
    },
    ["ignored", [200, "available"]],
    ["refused", [400, "available"]],
  ),
  cancelSeconds: flip((bench) => afterCancel(bench, 19), [20, "restoring"], [5, "cancelled"]),
  statusWhileCancelling: flip(
    (bench) => afterCancel(bench, 1),
    ["restoring", "restoring"],
    ["cancelling", "cancelling"],
  ),
  cancelledPercent: flip(
    async (bench) => (await cancelled(bench)).progress_percent,
    ["kept", 53],
    ["full", 100],
  ),
  cancelledFinishedAt: flip(
    async (bench) => {
      const { finished_at, time_taken } = await cancelled(bench);
      return [finished_at, time_taken];
    },
    ["set", ["2026-01-01T00:05:10.000000", 310]],
    ["null", [null, 0]],
  ),
  cancelledMessage: flip(
    async (bench) => (await cancelled(bench)).error_msg,
    ["", null],
    ["Cancelled by the user", "Cancelled by the user"],
  ),
  deleteRunning: flip(
    async (bench) => {
      const created = await bench.restore();
      const answers = [await bench.delete(created), await read(bench, created)];
      bench.clock.advanceSeconds(30);
      answers.push(await read(bench, created));
      return [...answers.map(({ status }) => status), (await bench.snapshot("API taken 2")).status];
    },
    ["refused", [400, 200, 200, "restoring"]],
    ["cancels", [200, 200, 404, "available"]],
    ["accepted", [200, 404, 404, "available"]],
  ),
  deleteSeconds: flip(
    async (bench) => {
      const created = await deleted(bench);
      const soon = await read(bench, created);
      bench.clock.advanceSeconds(6);
      return [soon.status, (await read(bench, created)).status];
    },
    [0, [404, 404]],
    [5, [200, 404]],
  ),
  statusWhileDeleting: flip(
    async (bench) => {
      bench.emulator.guesses.deleteSeconds = 5;
      return (await bench.shown(await deleted(bench))).status;
    },
    ["deleting", "deleting"],
    ["available", "available"],
  ),
  showAfterDelete: flip(
    async (bench) => {
      const { status, body } = await read(bench, await deleted(bench));
      return [status, body.restore?.status, (await bench.list("/restores")).length];
    },
    [404, [404, undefined, 2]],
    [200, [200, "deleted", 2]],
  ),
  listAfterDelete: flip(
    async (bench) => {
      const { status } = await read(bench, await deleted(bench));
      return [status, (await bench.list("/restores")).map((restore) => restore.status)];
    },
    ["left out", [404, ["available", "error"]]],
    ["listed", [404, ["deleted", "available", "error"]]],
  ),
  restoresOfGoneSnapshot: flip(
    async (bench) => {
      bench.emulator.world.dropSnapshot(bench.snapshotId("API taken 2"));
      return (await bench.list("/restores")).length;
    },
    ["kept", 2],
    ["gone", 0],
  ),
};
