import type { Context } from "../resource/lifecycle";
import { only } from "../resource/partial";
import { judgeChange } from "./change";
import type { Asked, SnapshotInputs, SnapshotState } from "./snapshotPort";
import type { SnapshotSight } from "./snapshotSight";

type Named = { name?: string | undefined };

/** Brings a snapshot that an earlier run has begun to what is declared now. */
export async function bringUp<
  Client,
  Inputs extends SnapshotInputs,
  State extends SnapshotState,
  Row extends Named,
>(
  sight: SnapshotSight<Client, Inputs, State, Row>,
  ctx: Context<Client>,
  id: string,
  news: Inputs,
): Promise<void> {
  const { port } = sight;
  const row = await port.objects.existing(ctx, sight.ref(id, {}));
  const before = sight.asSeen(row, port.shown(row));
  const changes = sight.changesOf(before, news);
  const kept = port.keptOf(row, before);
  for (const warning of await judgeChange(kept, news, changes, sight.clocks(ctx))) ctx.warn(warning);
  await port.write(ctx, row, { changes, before, news });
}

/** Removes what a request that was repeated has made beside a snapshot. @throws where its retention forbids that */
export async function removeExtra<
  Client,
  Inputs extends SnapshotInputs,
  State extends SnapshotState,
  Row extends Named,
>(
  sight: SnapshotSight<Client, Inputs, State, Row>,
  ctx: Context<Client>,
  { id, known }: Asked<State>,
  inputs: Inputs,
): Promise<void> {
  const { port } = sight;
  // It is where the snapshot is beside which it was made.
  const row = await port.objects.settled(ctx, sight.ref(id, { ...inputs, ...known } as unknown as State));
  if (row === undefined) return;
  const state = { ...port.shown(row), ...only(inputs, port.table.locals) };
  await sight.judgeDeletion(ctx, id, row, state);
  await port.remove(ctx, row, state, (now) => sight.judgeDeletion(ctx, id, now, state));
}
