import type { z } from "zod";
import type { Backend } from "../backend";
import type { Clock } from "../clock";
import type { Creation } from "./creation";
import type { FormerNames } from "./former";
import type { Identity } from "./identity";

export type { Identity };

/** Property values as Pulumi hands them over: plain JSON. */
export type Properties = Record<string, unknown>;

/** An object that the stack holds of a resource. */
export interface Held {
  id?: string | undefined;
  /** Its state as it was applied; absent where the engine has not shown it. */
  state?: Properties | undefined;
}

/** What an operation works with. */
export interface Context<Client> {
  client: Client;
  clock: Clock;
  identity: Identity;
  /**
   * At a create: the stack holds an older object of this resource, which this one replaces. Its id is known
   * where the engine has named it in this run.
   */
  replacing?: Held | undefined;
  /**
   * At a deletion: the object that the stack holds of this resource by now, as far as this run has met it. Where that
   * is another one than is deleted, that one has taken its place.
   */
  holds?: Held | undefined;
  /** At a create or check: what marks the object that it is about. Absent: it is made by itself, of no run. */
  creation?: Creation | undefined;
  /** How much longer the operation may take, in milliseconds. */
  readonly timeoutMs: number;
  signal?: AbortSignal | undefined;
  /** Shows how far a wait has come, e.g. "Creating, 42 s". Leaves no trace once it is over. */
  progress: (message: string) => void;
  /** Something that the user should know although the operation goes on. */
  warn: (message: string) => void;
}

/** An argument that is wrong: which, and what would be right. */
export interface CheckFailure {
  property: string;
  reason: string;
}

/** One difference between what is and what is declared. */
export interface Change {
  property: string;
  kind: "update" | "replace";
  /** Of an object of which only the declared keys are owned: the keys that differ. */
  keys?: readonly string[];
}

/** A resource as it was found on the server. */
export interface Found<Inputs, Outputs> {
  id: string;
  /** The arguments that would declare it as it is. */
  inputs: Partial<Inputs>;
  outputs: Outputs;
}

/** Default time limits in seconds. */
export interface Timeouts {
  create: number;
  update: number;
  delete: number;
}

/** What a resource has when nothing else is said: create 30 min, update and delete 20 min. */
export const defaultTimeouts: Timeouts = { create: 1800, update: 1200, delete: 1200 };

/** What the rules of a policy need to know of a resource beside its arguments and outputs. */
interface Facts {
  /** So many units of its `size` are a GiB: 1024 where it counts MiB, 1 for GiB, 2 ** 30 for bytes. */
  sizePerGib: number;
  /** The output that says when it was made. */
  created: string;
  /** The output that holds the id of the volume that it is or makes; absent: none does. */
  volumeId?: string;
  /** The output with the state of what it made; absent: none matters. */
  status?: string;
  /** The arguments that name what it is made from. */
  from?: { volume?: string; snapshot?: string };
  /** The argument that names a volume type; `within`: the argument somewhere in which it stands. */
  volumeType?: { argument: string; within?: string };
  /** The choice that overwrites data which is there. */
  overwrites?: { argument: string; value: string };
}

/**
 * Everything that Pulumi can ask of one kind of resource. A front calls it; it knows no front.
 *
 * `olds` and `state` are outputs: what the server said last, with the inputs that have no counterpart there.
 */
export interface Lifecycle<
  Client = unknown,
  Inputs extends Properties = Properties,
  Outputs extends Properties = Properties,
> {
  /** Module and name, e.g. `waldur:Snapshot`. */
  type: string;
  /** One paragraph for people. */
  description: string;
  backend: Backend<Client>;
  inputs: z.ZodObject;
  outputs: z.ZodObject;
  /** Its own time limits; absent: {@link defaultTimeouts}. */
  timeouts?: Timeouts;
  facts: Facts;
  /** Whether the old one must go before a new one can come. */
  deleteBeforeReplace?: boolean;
  /**
   * Arguments that are right in themselves but wrong together, or wrong against the old ones. Called when
   * every known one is right; those that are not known yet are Pulumi's mark for that.
   */
  check?(news: Partial<Inputs>, olds: Partial<Inputs> | undefined, ctx: Context<Client>): CheckFailure[];
  /**
   * Arguments that are wrong only for an object that is yet to be made, such as an instant that is past. Called
   * when every known one is right, and not for what is imported.
   */
  checkNew?(news: Partial<Inputs>, ctx: Context<Client>): CheckFailure[];
  /** Arguments that only the state knows, the server does not. */
  locals?: readonly string[];
  /** Arguments that the server shows as they were given, so that a preview knows what they come to. */
  echoes?: readonly string[];
  /**
   * Those of {@link echoes} that do not come out as they are declared here, e.g. since another argument makes them
   * count for nothing.
   *
   * @param news may hold values that are not known yet
   * @param olds the state, where there is an object
   */
  unechoed?(news: Partial<Inputs>, olds?: Outputs): readonly string[];
  /** Outputs that no update changes. */
  stable?: readonly string[];
  /** Arguments whose change makes a new resource. */
  replaces?: readonly string[];
  /** What properties were called in earlier versions; absent: as they are. */
  former?: FormerNames;
  /** Names that are made up where the user gives none: property to the longest length. */
  autoName?: { property: string; longest: number };
  diff(olds: Outputs, news: Inputs): Change[];
  /**
   * Whether what {@link diff} found may be done, by what the server says now. Asked in previews too, and before
   * a new object is made in place of this one.
   *
   * @throws UserError for what must not be done
   */
  permit?(
    id: string,
    olds: Outputs,
    news: Inputs,
    changes: readonly Change[],
    ctx: Context<Client>,
  ): Promise<void>;
  /**
   * Whether a new object may be made in place of the one that {@link Context.replacing} names, by what the server says
   * now. Asked in previews too, where a front has them, since an engine may replace without asking {@link permit}.
   *
   * @throws UserError for what must not be replaced
   */
  permitReplacement?(ctx: Context<Client>): Promise<void>;
  create(inputs: Inputs, ctx: Context<Client>): Promise<{ id: string; outputs: Outputs }>;
  /**
   * Works from the id alone.
   *
   * @param prior the outputs of before, where there are any: only to spare requests
   * @returns `undefined` where it is certain that it does not exist
   */
  read(
    id: string,
    ctx: Context<Client>,
    prior?: Partial<Outputs>,
  ): Promise<Found<Inputs, Outputs> | undefined>;
  update(id: string, olds: Outputs, news: Inputs, ctx: Context<Client>): Promise<Outputs>;
  delete(id: string, state: Outputs, ctx: Context<Client>): Promise<void>;
}

/** A look-up: arguments in, results out, nothing changed. */
export interface Lookup<Client = unknown, Args extends Properties = Properties, Result = unknown> {
  /** Module and name, e.g. `waldur:getSnapshots`. */
  type: string;
  description: string;
  backend: Backend<Client>;
  inputs: z.ZodObject;
  outputs: z.ZodType;
  /** What its arguments were called in earlier versions: today's names by the former ones. */
  former?: Readonly<Record<string, string>>;
  /** The same of its result, or of the rows in it. */
  formerResults?: Readonly<Record<string, string>>;
  invoke(args: Args, ctx: Pick<Context<Client>, "client" | "clock" | "signal">): Promise<Result>;
}
