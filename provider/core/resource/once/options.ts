import type { Creation } from "../creation";
import type { Leftover } from "../leftover";
import type { Context } from "../lifecycle";

/** What can be the fruit of a request whose answer was lost. */
export interface Sighting<T> {
  /** It bears the creation's nonce, or something else that nobody else gives. */
  ours: T[];
  /** It may be, and may be somebody else's: for a person to decide. */
  maybe: T[];
}

/** How to make a thing exactly once over a wire that loses answers, by runs that are killed. */
export interface OnceOptions<T> {
  /** The thing in the user's words. */
  what: string;
  creation: Creation;
  /** The backend's name on the command line; absent where it needs none. */
  backend?: string;
  /** Sends the POST. @returns the body of the answer */
  send: () => Promise<unknown>;
  /** Reads the answer. @throws anything for one that cannot be used */
  read: (body: unknown) => T;
  /** The uuid of what was made. */
  idOf: (made: T) => string;
  /**
   * A second one could not be removed again, such as a snapshot that is kept: the request is repeated only once the
   * first one cannot be carried out late any more.
   */
  irrevocable?: boolean;
  /** The server's time, as well as it is known, in ms since the epoch: the local clock may be another at the next run. */
  now: () => number;
  /** Asks the server what this creation has made. */
  find: () => Promise<Sighting<T>>;
  /**
   * What earlier runs have left of this resource.
   *
   * @param again whether it was asked before, so that the answer must not be a remembered one
   * @param noted ids that such runs have noted, by which something is known whose mark the server has lost
   * @param begun when such runs have asked for something of which they noted no id, by the server's clock, in ms since
   *   the epoch
   */
  left?: (
    again: boolean,
    noted: ReadonlySet<string>,
    begun: readonly number[],
  ) => Promise<readonly Leftover<T>[]>;
  /** How a candidate is named in errors and warnings. */
  describe: (candidate: T) => string;
  /** Ids of what this process has created; kept here, so that nobody takes over what is somebody else's. */
  claimed: Set<string>;
}

/** What was created. */
export interface Created<T> {
  object: T;
  /** An earlier run had begun it, so it need not be as declared now. */
  takenUp: boolean;
  /**
   * Runs what is left of the creation once the object is there. Where the request had to be repeated, it looks once
   * more afterwards for what the first one made late, and removes it.
   *
   * @param remove removes one, unless its retention forbids that
   */
  finish<R>(run: () => Promise<R>, remove: (extra: T) => Promise<void>): Promise<R>;
}

/** The same in other terms. */
export function shownAs<T, As>({ object, takenUp, finish }: Created<T>, show: (made: T) => As): Created<As> {
  return {
    object: show(object),
    takenUp,
    finish: (run, remove) => finish(run, (extra) => remove(show(extra))),
  };
}

/** What is needed of a context. */
export type OnceContext = Pick<Context<unknown>, "clock" | "timeoutMs" | "signal" | "warn">;

/** So long after its answer was lost a server may still carry a request out. */
export const lateMs = 65_000;

/** A look that is not answered is repeated after at most so long. */
export const longestPauseMs = 30_000;

/** A sighting without what others of this process, or the stack, are known to have. */
export function unclaimed<T>(
  { claimed, idOf, creation }: Pick<OnceOptions<T>, "claimed" | "idOf" | "creation">,
  { ours, maybe }: Sighting<T>,
): Sighting<T> {
  const free = (each: T) => !claimed.has(idOf(each)) && !creation.holds(idOf(each));
  return { ours: ours.filter(free), maybe: maybe.filter(free) };
}
