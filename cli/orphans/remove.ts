import { limited } from "../../provider/core/deadline";
import { messageOf } from "../../provider/core/errors";
import type { Io } from "../io";
import type { Refused } from "./adopt";
import type { OrphansOptions } from "./options";
import type { Orphan } from "./orphans";

/** What became of a removal. */
interface Removal {
  removed: Orphan[];
  refused: Refused[];
}

/** So long may one removal take. */
const limitMinutes = 20;

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
      await removeOne(orphan, client, io);
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

async function removeOne({ object, resource }: Orphan, client: unknown, io: Io): Promise<void> {
  const { clock, stderr } = io;
  const deadline = clock.now() + limitMinutes * 60_000;
  const { signal, end } = limited(clock, limitMinutes * 60_000, `${limitMinutes} min`, io.signal);
  const ctx = {
    client,
    clock,
    identity: { project: "", stack: "", name: "" },
    get timeoutMs() {
      return Math.max(0, deadline - clock.now());
    },
    signal,
    progress: () => undefined,
    warn: (message: string) => void stderr.write(`warning: ${message}\n`),
  };
  try {
    await object.remove(ctx, resource?.mode);
  } finally {
    end();
  }
}
