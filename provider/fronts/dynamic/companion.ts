import type { Identity, Properties, Timeouts } from "../../core/resource/lifecycle";
import type { Subject } from "../contexts";
import { hiding, secretOf, secretOutputs, withCurrent } from "../secret";

/** Property in which the companion travels; Pulumi's display leaves out what begins with `__`. */
export const companionKey = "__context";
/** Property in which Pulumi keeps the text of a dynamic provider. */
const providerKey = "__provider";

/** What travels with a dynamic resource beside its arguments, since the engine does not pass it on. */
export interface Companion extends Identity {
  /** `customTimeouts`, e.g. `{ create: "1h" }`. */
  timeouts?: Partial<Record<keyof Timeouts, string>>;
  /** The id of an object that is to be adopted instead of making one. */
  import?: string;
  /** Paths of arguments in which it may differ from what is declared, by the option `ignoreChanges`. */
  ignored?: string[];
  /** The arguments that hold a secret: the engine gives them to a dynamic provider as if they did not. */
  secrets?: string[];
}

/** The properties of a dynamic resource, taken apart. */
export interface Parts {
  subject: Subject;
  /** The resource's own properties. */
  own: Properties;
  companion: Companion;
}

/** Takes properties apart. @param type e.g. `waldur:Snapshot` */
export function parts(type: string, properties: Properties): Parts {
  const { [providerKey]: _provider, [companionKey]: travels, ...own } = properties;
  const companion = (travels as Companion | undefined) ?? { project: "", stack: "", name: "" };
  const { timeouts, import: adopts, ignored, secrets: marked = [], ...identity } = companion;
  const secrets = withCurrent(type, marked);
  const subject = { type, identity, timeouts, adopts, ignored, secrets, hide: hiding(own, secrets) };
  return { subject, own, companion };
}

/**
 * Outputs as the engine keeps them, with what travels with them.
 *
 * @param given the properties that hold what is secret
 */
export function kept(outputs: Properties, { subject, own, companion }: Parts): Properties {
  // Pulumi's wire knows no `undefined`.
  const plain = JSON.parse(JSON.stringify(outputs)) as Properties;
  for (const name of secretOutputs(plain, own, subject.secrets)) {
    if (name in plain) plain[name] = secretOf(plain[name]);
  }
  return { ...plain, [companionKey]: companion };
}

/** The part of properties that every state of a dynamic resource needs, for Pulumi and for this front. */
export function travelling({ [providerKey]: provider, [companionKey]: companion }: Properties): Properties {
  return { [providerKey]: provider, [companionKey]: companion };
}
