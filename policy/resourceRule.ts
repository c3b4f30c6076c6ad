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
import { type Subject, subjectOf, titleOf } from "./subject";
import { notChecked } from "./unknown";

/** Makes a rule on the declaration of each resource by itself: it speaks before anything is written. */
export function resourceRule<Shape extends z.ZodRawShape>(
  spec: Spec<Shape> & {
    /** The kinds that it is about, e.g. `["Snapshot"]`. */
    kinds: readonly string[];
    /** @param now milliseconds since the epoch */
    check(subject: Subject, given: Given<Shape>, report: (finding: Finding) => void, now: number): void;
    /** The properties that put it right; `undefined` where nothing is to be done. */
    remedy?(subject: Subject, given: Given<Shape>): Record<string, unknown> | undefined;
  },
): Rule<OptionsOf<Shape>> {
  const { rule, policy, read } = begin(spec);
  const { kinds, remedy } = spec;
  const about = (subject: Subject | undefined, given: Given<Shape>): subject is Subject =>
    subject !== undefined && kinds.includes(subject.kind) && !exempt(subject, given);
  return {
    ...rule,
    policy: (clock) => ({
      ...policy,
      validateResource: (args, report) => {
        const given = read(args.getConfig());
        const subject = subjectOf(args);
        notChecked(subject, () => {
          if (!about(subject, given)) return;
          const complain = (finding: Finding) => report(message(titleOf(subject), finding));
          spec.check(subject, given, complain, clock.now());
        });
      },
      ...(remedy && {
        remediateResource: (args) => {
          const given = read(args.getConfig());
          const subject = subjectOf(args);
          return notChecked(subject, () => {
            const properties = about(subject, given) ? remedy(subject, given) : undefined;
            // What is not touched is left in Pulumi's hands, secrets and unknown values among it.
            return properties && Object.assign(args.props, properties);
          });
        },
      }),
    }),
  };
}
