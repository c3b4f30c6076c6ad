import type {
  EnforcementLevel,
  Policy,
  ResourceValidationPolicy,
  StackValidationPolicy,
} from "@pulumi/policy";
import { z } from "zod";
import type { Clock } from "../provider/core/clock";
import { matches } from "./glob";
import { configSchemaOf, patterns, readOptions } from "./options";
import { label, type Subject } from "./subject";

/** A rule: its options, and the policy that Pulumi runs. */
export interface Rule<Options extends z.ZodObject = z.ZodObject> {
  name: string;
  description: string;
  /** What a violation does where the pack says nothing else. */
  level: EnforcementLevel;
  options: Options;
  policy(clock: Clock): ResourceValidationPolicy | StackValidationPolicy;
}

/** What a rule is made of, whichever kind it is. */
export interface Spec<Shape extends z.ZodRawShape> {
  name: string;
  description: string;
  level: EnforcementLevel;
  /** Options beside those that every rule has. */
  options: Shape;
}

/** Options that every rule has. */
const common = {
  exemptNames: patterns
    .describe("Resources that the rule leaves alone, by their names in the program; * stands for any text")
    .default([]),
  exemptMetadata: z
    .record(z.string(), z.string())
    .describe('Resources that the rule leaves alone, by metadata: key to pattern, e.g. { scratch: "true" }')
    .default({}),
};

/** What those come to. */
export interface Exemptions {
  exemptNames: string[];
  exemptMetadata: Record<string, string>;
}

/** The options of a rule as it reads them. */
export type Given<Shape extends z.ZodRawShape> = z.output<z.ZodObject<Shape>> & Exemptions;

/** The schema of a rule's options. */
export type OptionsOf<Shape extends z.ZodRawShape> = z.ZodObject<Shape & typeof common>;

/** A violation, in the parts that a user needs. */
export interface Finding {
  /** What there is, e.g. `kept for 10 days`. */
  found: string;
  /** What the rule wants, e.g. `at least 30 days`. */
  wanted: string;
  /** What to do, a sentence without its full stop. */
  fix: string;
}

/** The text of a violation. @param title what it is about */
export function message(title: string, { found, wanted, fix }: Finding): string {
  return `${title}: found ${found}; wanted ${wanted}. ${fix}.`;
}

/** What all kinds of rules have in common. */
export function begin<Shape extends z.ZodRawShape>({
  name,
  description,
  level,
  options,
}: Spec<Shape>): {
  rule: Omit<Rule<OptionsOf<Shape>>, "policy">;
  policy: Policy;
  /** Reads the options; they are the same for every resource of a run, so they are read once. */
  read: (config: object) => Given<Shape>;
} {
  const schema = z.strictObject({ ...options, ...common }) as unknown as OptionsOf<Shape>;
  let last: { config: string; given: Given<Shape> } | undefined;
  return {
    rule: { name, description, level, options: schema },
    policy: { name, description, enforcementLevel: level, configSchema: configSchemaOf(schema) },
    read: (config) => {
      const text = JSON.stringify(config);
      if (last?.config !== text) {
        last = { config: text, given: readOptions(name, schema, config) as unknown as Given<Shape> };
      }
      return last.given;
    },
  };
}

/** Whether a rule leaves a resource alone. */
export function exempt(subject: Subject, { exemptNames, exemptMetadata }: Exemptions): boolean {
  if (matches(subject.name, exemptNames)) return true;
  return Object.entries(exemptMetadata).some(([key, pattern]) =>
    matches(label(subject, key) ?? "", [pattern]),
  );
}
