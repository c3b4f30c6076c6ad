import type { Experience } from "../wait/experience";
import type { Observer, Verdict } from "../wait/wait";
import type { Goal, Seen } from "./goals";
import type { Context } from "./lifecycle";

/** One object on the server. */
export interface ObjectRef<Kind extends string = string> {
  kind: Kind;
  id: string;
  /** Where it is; absent: nothing is lost where "not found" is believed too soon, e.g. since no state holds it. */
  place?: Place | undefined;
}

/**
 * Where an object is, as far as it is known. Who cannot see its place cannot tell whether it is gone: servers answer
 * 404 for what is gone and for what the credentials may not see.
 */
export interface Place {
  /** The id of its project. */
  project?: string | undefined;
  /** An object in the same project, for when that is not known. */
  beside?: ObjectRef | undefined;
  /** When it was made, ISO 8601: replicas that lag do not know a new one yet. */
  created?: string | undefined;
}

/** The place of what a state holds; `undefined` where no state holds it, as at an import. */
export function placeIn<State extends object>(
  state: State | undefined,
  placeOf: (state: State) => Place,
): Place | undefined {
  return state && Object.keys(state).length > 0 ? placeOf(state) : undefined;
}

/** One object that is worked on, as messages name it. */
export interface Subject<Kind extends string = string> extends ObjectRef<Kind> {
  /** In the user's words, e.g. `snapshot "nightly" (9f3c...)`. */
  what: string;
}

/** Names an object for messages. */
export function subject<Kind extends string>(
  kind: Kind,
  id: string,
  name?: string,
  place?: Place,
): Subject<Kind> {
  const what = name ? `${kind} "${name}" (${id})` : `${kind} ${id}`;
  return { kind, id, what, ...(place ? { place } : {}) };
}

/** What a backend says of its objects. `Rows`: the type of an object in full by its kind. */
export interface ObjectAdapter<Client, Rows extends Record<string, { name?: string | undefined }>, Brief>
  extends Witnesses<Client> {
  /** An object in full; `undefined` where the service itself answers that there is none. */
  read<K extends keyof Rows & string>(ctx: Reader<Client>, of: ObjectRef<K>): Promise<Rows[K] | undefined>;
  /** Observes an object until `close` is called. */
  watch(client: Client, of: ObjectRef): Observer<Brief> & { close?(): void };
  /** What an object is doing, in full or as it is observed. */
  seen(kind: keyof Rows & string, object: Brief | Rows[keyof Rows]): Seen;
  /** Whether an answer to a write on an object says that it does not exist. */
  isNotFound(error: unknown, id: string): boolean;
  /** Whether an answer to a write says that the object is in no state for it. */
  isBusyRefusal(error: unknown): boolean;
  /** How long operations take on this server. */
  experience(client: Client): Experience;
  /** When a deletion that is waited for has succeeded or failed; one goal serves one wait. */
  untilGone(kind: keyof Rows & string): Goal<Brief>;
  /**
   * The server's reason for a failure; `undefined` where it has not said one yet.
   *
   * @param final no further poll follows
   */
  reasonFor(ctx: Reader<Client>, failure: Failure<Brief>): Promise<string | undefined>;
  /** What helps against a failure, where the backend knows more than how things fail. */
  remedyFor?(failure: Pick<Failure<Brief>, "on" | "seen">): string | undefined;
  /** Tries to bring back an object whose last change has failed, where it is only the server's record that is not well. */
  heal?(ctx: Context<Client>, on: Subject<keyof Rows & string>, now: Rows[keyof Rows]): Promise<void>;
}

/** What bears witness that an object which is not found is gone. */
export interface Witnesses<Client> {
  /** The server's present time in ms since the epoch, as well as it is known; too early rather than too late. */
  serverNow(client: Client): number;
  /** Whether its list shows an object. One list may serve all who ask at the same moment. */
  isListed(ctx: Reader<Client>, of: ObjectRef): Promise<boolean>;
  /**
   * Why these credentials would not find an object in that place although it is there.
   *
   * @returns what follows "it is not found, but"; `undefined` where they would find it
   */
  whyUnseen(ctx: Reader<Client>, place: Place): Promise<string | undefined>;
}

/** What is needed to read. */
export type Reader<Client> = Pick<Context<Client>, "client" | "clock" | "signal">;

/** A failure that a wait has come to. */
export interface Failure<Brief> {
  on: ObjectRef;
  seen: Brief;
  verdict: Verdict;
  /** When what is waited for began, in ms of our clock: older words of the server are about something else. */
  since: number | undefined;
  /** This is the last time that is asked. */
  final: boolean;
}

/** How a wait is told apart from others. */
export interface Waiting {
  /** The name under which the duration is learned, e.g. `create`; the kind is added. */
  operation?: string;
  /** It was created just now: a server may not find it yet. */
  fresh?: boolean;
  /** When what is waited for began, in ms of our clock. */
  since?: number;
}
