import { type EnforcementLevel, PolicyPack, type PolicyPackConfig } from "@pulumi/policy";
import { z } from "zod";
import { type Clock, systemClock } from "../provider/core/clock";
import { readOptions } from "./options";
import { rules } from "./rules";

type Rules = typeof rules;

/**
 * What the pack is to do: a level for `all` rules, and for a rule its level, or its level and options.
 *
 * @example
 * ```ts
 * { all: "mandatory", "stale-snapshot": "disabled", "minimum-retention": { days: 35 } }
 * ```
 */
export type RetentionPackConfig = { all?: EnforcementLevel } & {
  [Name in keyof Rules]?:
    | EnforcementLevel
    | ({ enforcementLevel?: EnforcementLevel } & z.input<Rules[Name]["options"]>);
};

/** How the pack itself works. */
export interface RetentionPackOptions {
  /** What the rules take for the time. Default: the machine's clock. */
  clock?: Clock;
}

const level = z.enum(["advisory", "mandatory", "remediate", "disabled"], {
  message: 'expected "advisory", "mandatory", "remediate" or "disabled"',
});

/**
 * A policy pack with every rule of this package. It is to be made once, in the program of a policy pack.
 *
 * @example
 * ```ts
 * import { RetentionPack } from "pulumi-openstack-snapshots/policy";
 *
 * new RetentionPack("acme", { all: "mandatory", "minimum-retention": { days: 35 } });
 * ```
 */
export class RetentionPack extends PolicyPack {
  /**
   * @param name letters, digits, `-`, `_` and `.`, at most 100
   * @param config overridden by the file that `pulumi up --policy-pack-config` is given
   * @throws an error that names every wrong rule or option, its value and what would be right
   */
  constructor(
    name: string,
    config: RetentionPackConfig = {},
    { clock = systemClock }: RetentionPackOptions = {},
  ) {
    const policies = Object.values(rules).map((rule) => rule.policy(clock));
    super(name, { policies, description: "Retention of OpenStack snapshots" }, checked(config));
  }
}

function checked(config: RetentionPackConfig): PolicyPackConfig {
  const wrong = Object.entries(config).flatMap(([name, given]) => {
    try {
      checkOne(name, given);
      return [];
    } catch (error) {
      return [(error as Error).message];
    }
  });
  if (wrong.length > 0) throw new Error(`configuration of the policy pack: ${wrong.join("; ")}`);
  return config as PolicyPackConfig;
}

function checkOne(name: string, given: RetentionPackConfig[keyof RetentionPackConfig]): void {
  const rule = Object.entries(rules).find(([each]) => each === name)?.[1];
  if (rule === undefined && name !== "all") {
    throw new Error(`"${name}" is no rule; there are all, ${Object.keys(rules).join(", ")}`);
  }
  const { enforcementLevel, ...options } =
    typeof given === "string" ? { enforcementLevel: given } : (given ?? {});
  const result = level.optional().safeParse(enforcementLevel);
  if (!result.success) {
    throw new Error(
      `level of ${name}: invalid value "${enforcementLevel}": ${result.error.issues[0]?.message}`,
    );
  }
  if (rule) readOptions(name, rule.options, options);
  else if (Object.keys(options).length > 0) throw new Error("all: expected a level and nothing else");
}
