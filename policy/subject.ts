import { type PolicyResourceOptions, UnknownValueError } from "@pulumi/policy";
import { namespace } from "../provider/core/backend";
import type { Lifecycle } from "../provider/core/resource/lifecycle";
import { ownValue } from "../provider/core/values";
import type { ForPolicies } from "../provider/fronts/forPolicies";
import { parseUrn } from "../provider/fronts/urn";
import { allLifecycles } from "../provider/registry";

/** What a rule sees of a resource of this package, whichever front it goes through. */
export interface Subject {
  /** Module and name, e.g. `waldur:Snapshot`. */
  type: string;
  /** The name alone, e.g. `Snapshot`. */
  kind: string;
  /** What the provider knows of such resources. */
  lifecycle: Pick<Lifecycle, "facts" | "inputs" | "timeouts" | "former">;
  /** The name in the program. */
  name: string;
  urn: string;
  stack: string;
  /**
   * Resource rules: checked arguments; stack rules: outputs. Reading a value that is not known yet throws.
   */
  props: Record<string, unknown>;
  opts: PolicyResourceOptions;
  /** What the front adds; nothing in rules on the stack. */
  noted: ForPolicies;
}

/** Pulumi's description of a resource, the common part of both kinds of rules. */
export interface Described {
  type: string;
  urn: string;
  name: string;
  props: Record<string, unknown>;
  opts: PolicyResourceOptions;
}

const token = new RegExp(`^(?:pulumi-nodejs:dynamic/)?${namespace}[/:](\\w+:(\\w+))$`);

/** A resource as a rule sees it; `undefined` where it is none of this package. */
export function subjectOf({ type, urn, name, props, opts }: Described): Subject | undefined {
  const [, own, kind] = token.exec(type) ?? [];
  const lifecycle = allLifecycles.find((each) => each.type === own);
  if (lifecycle === undefined || own === undefined || kind === undefined) return undefined;
  const { stack } = parseUrn(urn);
  const noted = (props.forPolicies ?? {}) as ForPolicies;
  const read = underTodaysNames(lifecycle, props);
  return { type: own, kind, lifecycle, name, urn, stack, props: read, opts, noted };
}

/** A property's name, and those that it had in earlier versions: programs and states may have it by either. */
export function namesOf({ former }: Pick<Lifecycle, "former">, property: string): string[] {
  const all = [former?.outputs, former?.inputs].flatMap((names) => Object.entries(names ?? {}));
  return [property, ...all.flatMap(([old, name]) => (name === property ? [old] : []))];
}

/** Properties that can be read by today's names, whatever names they have. Nothing is read of them before. */
function underTodaysNames(lifecycle: Pick<Lifecycle, "former">, props: Record<string, unknown>) {
  if (lifecycle.former === undefined) return props;
  return new Proxy(props, {
    get: (target, key) => {
      const name = namesOf(lifecycle, String(key)).find((each) => each in target);
      return Reflect.get(target, name ?? key);
    },
  });
}

/** How messages name a resource, e.g. `waldur:Snapshot "nightly"`. */
export function titleOf({ type, name }: Pick<Subject, "type" | "name">): string {
  return `${type} "${name}"`;
}

/** A property that is a text; `undefined` where it is absent. */
export function text({ props }: Subject, property: string): string | undefined {
  const value = props[property];
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** A property, or `undefined` also where it is not known yet: for what only existing objects can have. */
export function known({ props }: Subject, property: string): unknown {
  try {
    return props[property];
  } catch (error) {
    if (error instanceof UnknownValueError) return undefined;
    throw error;
  }
}

/**
 * A label: the value of a key in the metadata, or written as `key=value` into the description, for what has
 * no metadata (Waldur's volumes, restorations).
 */
export function label(subject: Subject, key: string): string | undefined {
  const metadata = (subject.props.metadata ?? {}) as Record<string, unknown>;
  const value = ownValue(metadata, key);
  if (value !== undefined && value !== null) return typeof value === "string" ? value : JSON.stringify(value);
  const words = text(subject, "description")?.split(/[\s,;]+/) ?? [];
  return words.find((word) => word.startsWith(`${key}=`))?.slice(key.length + 1);
}
