import type { Context } from "../../provider/core/resource/lifecycle";
import type { Mark } from "../../provider/core/resource/mark";
import type { RetentionMode } from "../../provider/core/retention";
import type { Declarable, Item, Module } from "../import/kinds";

/** Something on the server that bears the provider's mark, or may have borne it. */
export interface Marked<Client = unknown> {
  word: "snapshot" | "volume" | "order" | "restore";
  /** What people name it by. */
  id: string;
  /** Every id by which a state can hold it. */
  ids: readonly string[];
  name?: string | undefined;
  /** When it was made, ISO 8601. */
  created?: string | undefined;
  size?: string | undefined;
  /** Its state or status, as the server says it. */
  state?: string | undefined;
  keptUntil?: string | undefined;
  mode?: RetentionMode | undefined;
  /** Absent: version 0.1.0 has marked it, or the server has lost its mark and its name may tell whose it is. */
  mark?: Mark | undefined;
  /** Whether it bears the mark of version 0.1.0, which does not tell whose it is. */
  old: boolean;
  /** The resources that it can have been made for, e.g. `waldur:Snapshot`; the first where nothing tells. */
  types: readonly string[];
  /** Declares it, as that resource where it can be; absent: it cannot be adopted by an import. */
  declare?(type: string | undefined): { kind: Declarable; item: Item };
  /**
   * Removes it as a destroy does, and waits until it is gone.
   *
   * @param mode the retention's, where a state tells it and the server may not know it
   * @throws UserError where its retention forbids that
   */
  remove(ctx: Context<Client>, mode: RetentionMode | undefined): Promise<void>;
}

/** What is needed to list. */
export type Reading<Client> = Pick<Context<Client>, "client" | "clock" | "signal">;

/** What the command has to know of a backend. */
export interface MarkedObjects<Client = unknown> {
  module: Module<Client>;
  /**
   * Everything on the server that may be marked by one of these stacks.
   *
   * @param stacks the parts of marks that say which stack it is; absent: whatever bears a mark
   */
  find(ctx: Reading<Client>, stacks: readonly string[] | undefined): Promise<Marked<Client>[]>;
}
