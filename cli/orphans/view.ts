import { namespace, type Surroundings } from "../../provider/core/backend";
import { digitsOf, type Mark, resourceDigest } from "../../provider/core/resource/mark";
import { type RetentionMode, stricterMode } from "../../provider/core/retention";
import { isRecord, uuidIn } from "../../provider/core/values";
import { stackDigest } from "../../provider/fronts/creations";
import { companionKey } from "../../provider/fronts/dynamic/companion";
import { type Deployment, type Entry, idsOf, lifecycleIn, nonceOf } from "../../provider/fronts/stackExport";
import { stateBackend } from "../../provider/fronts/stateBackend";
import { parseUrn } from "../../provider/fronts/urn";
import type { Marked } from "./marked";

/** Names that were generated after so many replacements are not told to be of their resource any more. */
const mostGenerations = 20;

/** The name of a stack as far as it was given. */
export interface StackName {
  stack: string;
  project: string | undefined;
  organization: string | undefined;
}

/** A resource, of the state or told by the name that was generated for its object. */
export interface Resource {
  type: string;
  name: string;
  /** The types of what it belongs to; absent: nothing. */
  parents?: string | undefined;
  /** How strict the retention is that its arguments declare. */
  mode: RetentionMode;
  /** Whether the state has a resource of this name. */
  inState: boolean;
}

/** What the state of a stack says. */
export interface StackView {
  /** The stack's name; absent: the state does not tell it. */
  stack: string | undefined;
  /** When the state was written, in ms since the epoch by the clock of the engine's machine. */
  at: number | undefined;
  /** The parts of marks that say it is this stack: it has one for each front and provider. */
  marks: readonly string[];
  /** Nonces of creations that were begun, and of whose end the state knows nothing. */
  begun: ReadonlySet<string>;
  /** The types of what this version of the provider has made and the state holds. */
  made: readonly string[];
  /** Whether the state holds an object of this id, whatever the resource. */
  holds(id: string): boolean;
  /** The resource that an object was made for. */
  resourceOf(marked: Pick<Marked, "types" | "name">, mark: Mark): Resource | undefined;
  /** The same for one whose mark the server has lost, by its generated name. */
  resourceByName(marked: Pick<Marked, "types" | "name">): Resource | undefined;
  /** Names of the state's resources of a type. */
  namesOf(type: string): ReadonlySet<string>;
}

/** @param where in which the stack's state back end is looked for @param given what the stack is called, where it was said */
export function viewOf(deployment: Deployment, where: Surroundings, given?: StackName): StackView {
  const { resources, begun, at } = deployment;
  const entries = [...resources, ...begun];
  const [first] = entries.filter(({ urn }) => urn.startsWith("urn:pulumi:"));
  const { stack = given?.stack, project = given?.project } = first ? parseUrn(first.urn) : {};
  const marks =
    stack === undefined || project === undefined ? [] : marksOf(entries, { stack, project }, where, given);
  const ids = new Set(resources.flatMap((entry) => [...idsOf(entry), entry.id ?? ""]).map(plain));
  const known = entries.flatMap(resourceIn);
  const byDigest = new Map(known.map((each) => [digestFor(each), each]));
  const byDigits = new Map(
    known.flatMap((each) => digitsFor(each, marks).map((digits) => [digits, each] as const)),
  );
  return {
    stack,
    at,
    marks,
    begun: new Set(begun.flatMap((entry) => nonceOf(entry) ?? [])),
    made: resources.flatMap((entry) =>
      entry.id !== undefined && nonceOf(entry) !== undefined ? (lifecycleIn(entry)?.type ?? []) : [],
    ),
    holds: (id) => ids.has(plain(id)),
    resourceOf({ types, name = "" }, mark) {
      const one = byDigest.get(mark.resource);
      if (one !== undefined && types.includes(one.type)) return one;
      const named = [stemOf(name)?.stem, name].flatMap((each) => (each ? unheld(types, each) : []));
      return named.find((each) => digestFor(each) === mark.resource);
    },
    resourceByName({ types, name = "" }) {
      const { stem, digits } = stemOf(name) ?? {};
      if (stem === undefined || digits === undefined) return undefined;
      const one = byDigits.get(digits);
      if (one !== undefined && types.includes(one.type)) return one;
      return unheld(types, stem).find((each) => digitsFor(each, marks).includes(digits));
    },
    namesOf: (type) => new Set(known.flatMap((each) => (each.type === type ? [each.name] : []))),
  };
}

/** Ids are spelled with and without dashes. */
function plain(id: string): string {
  return uuidIn(id) ?? id;
}

/**
 * A stack's part of marks: each provider of the plugin's has its own, and older engines and the front of dynamic
 * providers have one that tells the state back end.
 */
function marksOf(
  entries: readonly Entry[],
  name: { stack: string; project: string },
  where: Surroundings,
  given: StackName | undefined,
): string[] {
  const organizations = new Set([
    "",
    ...[...entries.map(organizationOf), given?.organization].filter(isText),
  ]);
  const providers = entries.filter(({ type }) => type === `pulumi:providers:${namespace}`);
  const backend = stateBackend(where);
  return [
    ...new Set([
      ...[...organizations].map((organization) => stackDigest({ ...name, organization }, backend)),
      ...providers.flatMap(({ id }) => (id === undefined ? [] : [stackDigest(name, id)])),
    ]),
  ];
}

function organizationOf({ inputs, outputs }: Entry): unknown {
  const companion = inputs[companionKey] ?? outputs[companionKey];
  return isRecord(companion) ? companion.organization : undefined;
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}

function resourceIn(entry: Entry): Resource[] {
  const lifecycle = lifecycleIn(entry);
  if (lifecycle === undefined) return [];
  const { name, parents } = parseUrn(entry.urn);
  const mode = stricterMode(entry.inputs.retentionMode, entry.outputs.retentionMode);
  return [{ type: lifecycle.type, name, parents, mode, inState: true }];
}

function unheld(types: readonly string[], name: string): Resource[] {
  return types.map((type) => ({ type, name, mode: "none", inState: false }));
}

/** The resource's part of marks. */
function digestFor({ type, name, parents }: Resource): string {
  return resourceDigest(type, { project: "", stack: "", name, parents });
}

/** The digits at the ends of the names that were generated for a resource of a stack with these parts of marks. */
function digitsFor(of: Resource, marks: readonly string[]): string[] {
  const resource = digestFor(of);
  return marks.flatMap((stack) =>
    Array.from({ length: mostGenerations + 1 }, (_, generation) => digitsOf({ resource, stack }, generation)),
  );
}

/** The parts of a generated name. */
function stemOf(name: string): { stem: string; digits: string } | undefined {
  const [, stem, digits] = /^(.+)-([0-9a-f]{7})$/s.exec(name) ?? [];
  return stem === undefined || digits === undefined ? undefined : { stem, digits };
}
