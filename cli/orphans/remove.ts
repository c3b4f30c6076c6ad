import { messageOf } from "../../provider/core/errors";
import type { Io } from "../io";
import { operation } from "../operation";
import type { Refused } from "./adopt";
import type { OrphansOptions } from "./options";
import type { Orphan } from "./orphans";

/** What became of a removal. */
interface Removal {
  removed: Orphan[];
  refused: Refused[];
}

/** Removes orphans, snapshots before volumes, since a volume with snapshots cannot go. */
export async function remove(
  orphans: readonly Orphan[],
  client: unknown,
  { ids, sources }: OrphansOptions,
  io: Io,
): Promise<Removal> {
  const done: Removal = { removed: [], refused: [] };
  const one = async (orphan: Orphan) => {
    const reason = reasonAgainst(orphan, ids.length > 0, sources.files.length > 0);
    if (reason !== undefined) {
      done.refused.push({ orphan, reason });
      return;
    }
    try {
      await operation(client, io, (ctx) => orphan.object.remove(ctx, orphan.resource?.mode));
      done.removed.push(orphan);
    } catch (error) {
      done.refused.push({ orphan, reason: messageOf(error) });
    }
  };
  const isSnapshot = ({ object }: Orphan) => object.word === "snapshot";
  await Promise.all(orphans.filter(isSnapshot).map(one));
  if (!io.signal.aborted) await Promise.all(orphans.filter((each) => !isSnapshot(each)).map(one));
  return done;
}

/** Why an orphan may be somebody's who is at work. */
function reasonAgainst({ begun, newer }: Orphan, isNamed: boolean, isFromFile: boolean): string | undefined {
  if (begun && !isNamed)
    return 'the state knows no end of its creation, so the next "pulumi up" adopts it; to remove it, give its ID';
  // The state that is read here and now is read after the server.
  if (newer && isFromFile)
    return "it was made after the state in the file was written: export the state again";
  return undefined;
}
