import type { PolicyResource } from "@pulumi/policy";
import type { z } from "zod";
import {
  begin,
  exempt,
  type Finding,
  type Given,
  message,
  type OptionsOf,
  type Rule,
  type Spec,
} from "./rule";
import { namesOf, type Subject, subjectOf, titleOf } from "./subject";
import { NotChecked, notChecked } from "./unknown";

/** A resource of the stack, with what its properties come from. */
export interface StackSubject extends Subject {
  /** The resources of this package that a property was declared with. */
  sources(property: string): StackSubject[];
}

/** Makes a rule on the stack as a whole: it speaks at the end of a preview, and at the end of an update. */
export function stackRule<Shape extends z.ZodRawShape>(
  spec: Spec<Shape> & {
    /**
     * @param report takes the resource that a violation is on; none: the stack
     * @param now milliseconds since the epoch
     * @param each checks each of some resources; one that has something that is not known yet is not checked
     */
    check(
      subjects: readonly StackSubject[],
      given: Given<Shape>,
      report: (finding: Finding, on?: Subject) => void,
      now: number,
      each: (subjects: readonly StackSubject[], check: (subject: StackSubject) => void) => void,
    ): void;
  },
): Rule<OptionsOf<Shape>> {
  const { rule, policy, read } = begin(spec);
  return {
    ...rule,
    policy: (clock) => ({
      ...policy,
      validateStack: (args, report) => {
        const given = read(args.getConfig());
        const unknown: NotChecked[] = [];
        const each = (subjects: readonly StackSubject[], check: (subject: StackSubject) => void) => {
          for (const subject of subjects) {
            try {
              notChecked(subject, () => exempt(subject, given) || check(subject));
            } catch (error) {
              if (!(error instanceof NotChecked)) throw error;
              unknown.push(error);
            }
          }
        };
        const complain = (finding: Finding, on?: Subject) =>
          report(message(on ? titleOf(on) : "the stack", finding), on?.urn);
        spec.check(subjectsOf(args.resources), given, complain, clock.now(), each);
        const [first, ...others] = unknown;
        if (first) throw first.and(others);
      },
    }),
  };
}

function subjectsOf(resources: readonly PolicyResource[]): StackSubject[] {
  const made = new Map<string, StackSubject>();
  for (const resource of resources) {
    const subject = subjectOf(resource);
    if (subject === undefined) continue;
    const sources = (property: string) =>
      namesOf(subject.lifecycle, property)
        .flatMap((name) => resource.propertyDependencies[name] ?? [])
        .flatMap(({ urn }) => made.get(urn) ?? []);
    made.set(resource.urn, { ...subject, sources });
  }
  return [...made.values()];
}
