import { timestampOf } from "../../provider/core/values";
import type { Marked } from "./marked";
import type { Resource, StackView } from "./view";

/** Something that the provider made and that no state holds. */
export interface Orphan {
  object: Marked;
  /** The stack that it was made for; absent: none of those whose states are known. */
  stack?: StackView | undefined;
  /** The resource that it was made for. */
  resource?: Resource | undefined;
  /** Whether its creation has not ended as far as the state knows: a run has it in hand, or was killed. */
  begun: boolean;
  /** Whether it was made after the state was written, so that a newer state may hold it. */
  newer: boolean;
}

/** What was found out. */
export interface Found {
  orphans: Orphan[];
  /** Stacks none of whose objects was found with a mark that is known to be theirs. */
  unmarked: StackView[];
}

/** What is looked for. */
interface Search {
  /** The backend's name. */
  backend: string;
  /** Whether what is not known to be of one of the stacks counts too. */
  all: boolean;
}

/** What no state holds of what was found. */
export function orphansAmong(
  objects: readonly Marked[],
  views: readonly StackView[],
  { backend, all }: Search,
): Found {
  const isHeld = ({ ids }: Marked) => views.some((view) => ids.some((id) => view.holds(id)));
  const orphans = objects.filter((object) => !isHeld(object)).flatMap((object) => judged(object, views, all));
  return { orphans, unmarked: views.filter((view) => isUnmarked(view, backend, objects)) };
}

function judged(object: Marked, views: readonly StackView[], all: boolean): Orphan[] {
  const { mark, old } = object;
  if (mark === undefined && !old) return byName(object, views);
  const stack = views.find(
    ({ marks, begun }) => mark !== undefined && (marks.includes(mark.stack) || begun.has(mark.nonce)),
  );
  if (stack === undefined && !all) return [];
  const resource = mark && stack?.resourceOf(object, mark);
  const begun = mark !== undefined && stack?.begun.has(mark.nonce) === true;
  return [{ object, stack, resource, begun, newer: isNewer(object, stack) && !begun }];
}

function byName(object: Marked, views: readonly StackView[]): Orphan[] {
  for (const stack of views) {
    const resource = stack.resourceByName(object);
    if (resource) return [{ object, stack, resource, begun: false, newer: isNewer(object, stack) }];
  }
  return [];
}

function isNewer({ created }: Marked, stack: StackView | undefined): boolean {
  const made = timestampOf(created ?? "");
  return made !== undefined && stack?.at !== undefined && made > stack.at;
}

/** What is marked of a backend, by the ends of its types. */
const markedTypes = ["Snapshot", "Volume", "SnapshotRestoration"];

/**
 * Whether a stack holds what this provider has made, and nothing of that was found with its mark: another state back end
 * or another server, then, and what would be its leftovers is not known.
 */
function isUnmarked(view: StackView, backend: string, objects: readonly Marked[]): boolean {
  if (!view.made.some((type) => markedTypes.some((each) => type === `${backend}:${each}`))) return false;
  return !objects.some(
    ({ ids, mark, old }) =>
      !old && ids.some((id) => view.holds(id)) && (mark === undefined || view.marks.includes(mark.stack)),
  );
}
