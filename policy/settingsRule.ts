import type { z } from "zod";
import { namespace } from "../provider/core/backend";
import { matches } from "./glob";
import { begin, type Finding, type Given, message, type OptionsOf, type Rule, type Spec } from "./rule";
import { titleOf } from "./subject";
import { notChecked } from "./unknown";

/** Settings from one place: the stack's configuration, or an explicit provider. */
export interface Settings {
  /** Name and value of each; reading one that is not known yet throws. */
  values: Record<string, unknown>;
  /** How a user changes one, a sentence. */
  set(name: string, value: string): string;
}

/** Makes a rule on settings: once for the configuration of the stack, and for each explicit provider. */
export function settingsRule<Shape extends z.ZodRawShape>(
  spec: Spec<Shape> & {
    check(settings: Settings, given: Given<Shape>, report: (finding: Finding) => void): void;
  },
): Rule<OptionsOf<Shape>> {
  const { rule, policy, read } = begin(spec);
  return {
    ...rule,
    policy: () => ({
      ...policy,
      validateResource: ({ type, name, props, getConfig }, report) => {
        const given = read(getConfig());
        if (type === "pulumi:pulumi:Stack") {
          const complain = (finding: Finding) => report(message("the configuration", finding));
          const set = (setting: string, value: string) =>
            `Run pulumi config set ${namespace}:${setting} ${value}`;
          spec.check({ values: configuration(), set }, given, complain);
        }
        // A default provider has what the configuration says.
        if (type !== `pulumi:providers:${namespace}` || /^default(_|$)/.test(name)) return;
        if (matches(name, given.exemptNames)) return;
        const provider = { type: "Provider", name };
        const complain = (finding: Finding) => report(message(titleOf(provider), finding));
        const set = (setting: string, value: string) => `Set ${setting}: "${value}"`;
        notChecked(provider, () => spec.check({ values: props, set }, given, complain));
      },
    }),
  };
}

/** The stack's configuration of this package, which the engine passes to policy packs in the environment. */
function configuration(): Record<string, unknown> {
  const all = JSON.parse(process.env.PULUMI_CONFIG || "{}") as Record<string, unknown>;
  const own = Object.entries(all).filter(([key]) => key.startsWith(`${namespace}:`));
  return Object.fromEntries(own.map(([key, value]) => [key.slice(namespace.length + 1), value]));
}
