import { type Deployment, kindOf, ownResources, type RecordedResource } from "./deployment";
import { type Documents, filled } from "./fill";
import { declaredOf, plainly } from "./prints";

/** Properties of a resource. */
export type Properties = Record<string, unknown>;

/** A server's clock as a test has it. */
export interface MovedClock {
  now(): number;
  /** Moves on by so many milliseconds. */
  advance(ms: number): void;
}

/** Somebody who makes objects with a server's own API, past the package. */
export interface ByHand {
  /** What is there already: addresses, and ids of what the server starts with. */
  readonly surroundings: Documents;
  /**
   * Makes an object, and waits until it is whole.
   *
   * @param kind e.g. `waldur:Snapshot`
   * @param inputs the arguments of the resource that it is for; what it is made of and from is in these
   * @param outputs how the object is to be; its own ids, addresses and times may be placeholders
   * @returns the id of the resource
   */
  make(kind: string, inputs: Properties, outputs: Properties): Promise<string>;
  /** What the server shows of the object of a resource. */
  look(kind: string, id: string): Promise<unknown>;
}

/** Makes what a recorded state says is there. @returns what the server shows of it all, by the names of the resources */
export async function plant(
  { surroundings, make, look }: ByHand,
  deployment: Deployment,
): Promise<Documents> {
  const documents: Documents = { ...surroundings };
  const made: { name: string; kind: string; id: string }[] = [];
  // What has gone since its time was over is in the state alone.
  let waiting = Object.entries(ownResources(deployment)).filter(
    ([, { outputs }]) => outputs?.expired !== true,
  );
  while (waiting.length > 0) {
    const ready = waiting.find(([, { inputs }]) => isKnown(filled(inputs ?? {}, documents)));
    if (!ready) throw new Error(`nothing to make ${waiting.map(([name]) => name).join(", ")} from`);
    const [name, resource] = ready;
    const known = plainly(filled(resource, documents)) as RecordedResource;
    const { type, id = "", inputs = {}, outputs = {} } = known;
    const kind = kindOf(type) ?? "";
    const there = id.includes("{{") ? await make(kind, inputs, outputs) : id;
    made.push({ name, kind, id: there });
    documents[name] = await look(kind, there);
    waiting = waiting.filter((each) => each !== ready);
  }
  // What was made later shows in what was there before.
  for (const { name, kind, id } of made) documents[name] = await look(kind, id);
  return documents;
}

/** Whether all that an object is made from is there. What a front adds to the arguments is for no server. */
function isKnown(inputs: Properties): boolean {
  return !JSON.stringify(declaredOf(inputs)).includes("{{");
}
