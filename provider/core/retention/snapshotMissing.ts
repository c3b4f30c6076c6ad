import { UserError } from "../errors";
import { applied, appliedKey } from "../resource/diff";
import type { Context } from "../resource/lifecycle";
import { subject } from "../resource/object";
import { only } from "../resource/partial";
import { lost, unclear } from "./expiry";
import type { SnapshotInputs, SnapshotState } from "./snapshotPort";
import type { SnapshotSight } from "./snapshotSight";

type Named = { name?: string | undefined };

/** The update of what the server has removed since its time was over: only the state is left to change. */
export function updateExpired<
  Client,
  Inputs extends SnapshotInputs,
  State extends SnapshotState,
  Row extends Named,
>(sight: SnapshotSight<Client, Inputs, State, Row>, olds: State, news: Inputs, ctx: Context<Client>): State {
  const changes = sight.changesOf(olds, news).filter(({ property }) => !sight.isLocal(property));
  if (changes.length > 0) {
    const names = changes.map(({ property }) => property).join(", ");
    ctx.warn(
      `snapshot "${olds.name}" was kept until ${olds.keptUntil} and is gone, so ${names} changes nothing. Take it ` +
        'out of the program, or take a new one with "pulumi up --replace <urn>".',
    );
  }
  const shown = Object.entries(olds).filter(([property]) => !sight.isLocal(property));
  const state = { ...Object.fromEntries(shown), ...only(news, sight.port.table.locals), expired: true };
  return { ...state, [appliedKey]: applied(news) } as unknown as State;
}

/** The update of a snapshot that is not there. @throws UserError unless it went when its time was over */
export async function updateMissing<
  Client,
  Inputs extends SnapshotInputs,
  State extends SnapshotState,
  Row extends Named,
>(
  sight: SnapshotSight<Client, Inputs, State, Row>,
  id: string,
  olds: State,
  news: Inputs,
  ctx: Context<Client>,
): Promise<State> {
  const { what } = subject("snapshot", id, olds.name);
  const why = await sight.whyMissing(ctx, olds);
  if (why === "expired") return updateExpired(sight, olds, news, ctx);
  const next = 'Run "pulumi refresh"; the next "pulumi up" takes a new one, of the volume as it is then.';
  if (why === "unclear") throw new UserError(unclear(what, olds, await sight.clocks(ctx)(), next));
  throw new UserError(
    why === "lost" ? lost(what, olds, next) : `${what} no longer exists; run "pulumi refresh"`,
  );
}
