import type { z } from "zod";
import type { Backend } from "../../provider/core/backend";
import type { Clock } from "../../provider/core/clock";
import type { CheckFailure, Lifecycle, Lookup, Properties } from "../../provider/core/resource/lifecycle";
import { checkRetention } from "../../provider/core/retention";

/** An object on the server as the command sees it, whatever its backend calls things. */
export interface Item {
  /** What Pulumi imports it by. */
  id: string;
  /** Absent or empty where it has none. */
  name?: string | undefined;
  /** When it was made, ISO 8601. */
  created?: string | undefined;
  /** Snapshots: the end of the retention, ISO 8601. */
  keptUntil?: string | undefined;
  /** UUID of the project. */
  projectId?: string | undefined;
  /** Snapshots: UUID of the volume that it was taken of. */
  volumeId?: string | undefined;
  /** Why it cannot be taken over in its state; nothing where it can. */
  unready?: string | undefined;
  /** The arguments that declare it as it is. */
  inputs: Properties;
  /** What the table shows after the name, by heading; the same headings for every object of a kind. */
  cells: Record<string, string | undefined>;
}

/** What a list needs to reach the server, and what ends it early. */
interface ListContext<Client> {
  client: Client;
  clock: Clock;
  signal: AbortSignal;
}

/** A kind of resource that can be declared. */
export interface Declarable {
  /** One of them, in words. */
  word: "snapshot" | "volume" | "restore";
  /** Its class in the SDK. */
  className: string;
  /** Module and name, e.g. `waldur:Snapshot`. */
  type: string;
  /** The arguments of the resource. */
  inputs: z.ZodObject;
  /** What is wrong with such arguments together, where that can be. */
  check?(inputs: Properties): CheckFailure[];
}

/** A kind of object that can be imported. */
export interface Kind<Client = unknown> extends Declarable {
  word: "snapshot" | "volume";
  /** The arguments of the look-up that choose and order what is found. */
  filters: z.ZodObject;
  /** What they were called in earlier versions: today's names by the former ones. */
  former?: Readonly<Record<string, string>> | undefined;
  /** Every object that matches, however many pages there are. */
  list(filters: Properties, ctx: ListContext<Client>): Promise<Item[]>;
}

/** What a program has to know of the backend whose objects it declares. */
export interface Module<Client = unknown> {
  backend: Backend<Client>;
  /** The argument of a snapshot that names its volume; absent: there are no such snapshots. */
  reference?: string;
}

/** All that the command has to know of a backend. */
export interface Importable<Client = unknown> extends Module<Client> {
  /** By their words on the command line. */
  kinds: Record<"snapshots" | "volumes", Kind<Client>>;
  /** Filters that find at least what has a name that begins so; none where the server has no such filter. */
  namedLike(prefix: string): Properties;
  /** Filters of lists that together hold the volumes of snapshots: a list for each project, not one for each. */
  volumesOf(snapshots: readonly Item[], filters: Properties): Properties[];
  /** Sentences for `--help`: where the server and the credentials come from, and what is left out. */
  help: { access: string; leftOut: string };
}

/** What a backend says of a kind of its objects. */
interface KindOf<Client, Row> {
  resource: Pick<Lifecycle, "type" | "inputs">;
  lookup: Pick<Lookup, "inputs" | "former">;
  /** The look-up's arguments that say how much is shown: no filters, as an import needs all that there is. */
  display: Record<string, true>;
  list(filters: Properties, ctx: ListContext<Client>): Promise<Row[]>;
  itemOf(row: Row): Omit<Item, "inputs">;
  inputsOf(row: Row): Properties;
}

/** A backend's snapshots. */
export function snapshotKind<Client, Row>(parts: KindOf<Client, Row>): Kind<Client> {
  return { ...kindOf("snapshot", "Snapshot", parts), check: checkRetention };
}

/** A backend's volumes. */
export function volumeKind<Client, Row>(parts: KindOf<Client, Row>): Kind<Client> {
  return kindOf("volume", "Volume", parts);
}

function kindOf<Client, Row>(
  word: Kind["word"],
  className: string,
  { resource, lookup, display, list, itemOf, inputsOf }: KindOf<Client, Row>,
): Kind<Client> {
  return {
    word,
    className,
    type: resource.type,
    inputs: resource.inputs,
    filters: lookup.inputs.omit(display),
    former: lookup.former,
    list: async (filters, ctx) =>
      (await list(filters, ctx)).map((row) => ({ ...itemOf(row), inputs: inputsOf(row) })),
  };
}
