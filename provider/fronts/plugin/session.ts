import { namespace } from "../../core/backend";
import type { Identity, Lifecycle, Properties } from "../../core/resource/lifecycle";
import { hasUnknown } from "../../core/values";
import { lifecycleOf } from "../../registry";
import { connectEngineLog } from "../engineLog";
import { Operations } from "../operations";
import { parseUrn, urnOf } from "../urn";

/** Pulumi's type of a resource in this front. @param type module and name, e.g. `waldur:Snapshot` */
export function pluginToken(type: string): string {
  return `${namespace}:${type}`;
}

/** One configured provider: what its process keeps from Configure to the end. */
export class Session {
  operations: Operations;
  /** URNs of what was read for an import in this run. */
  readonly imported = new Set<string>();
  readonly #log: ReturnType<typeof connectEngineLog>;
  readonly #cancel = new AbortController();

  /** @param engine address of the engine, host and port */
  constructor(engine: string | undefined) {
    this.#log = connectEngineLog(engine);
    this.operations = this.#operationsFor({});
  }

  /** Takes the provider's settings; those that are not known yet are as good as not set. */
  configure(settings: Properties): void {
    this.operations = this.#operationsFor(settings);
  }

  /** Stops every wait; what was created by then stays in the state. */
  cancel(): void {
    this.#cancel.abort(new Error("cancelled"));
  }

  /** Which resource a request is about. */
  subject(urn: string): { lifecycle: Lifecycle; identity: Identity } {
    const { token, ...identity } = parseUrn(urn);
    return { lifecycle: lifecycleOf(token.slice(namespace.length + 1)), identity };
  }

  /** The context of an operation. @param seconds the engine's time limit; 0: the resource's own */
  context(urn: string, operation: "create" | "update" | "delete", seconds = 0) {
    const { lifecycle, identity } = this.subject(urn);
    const timeouts = seconds > 0 ? { [operation]: `${seconds}s` } : {};
    return this.operations.context(lifecycle, operation, { ...identity, timeouts }, this.#cancel.signal);
  }

  #operationsFor(settings: Properties): Operations {
    const setting = (name: string) => {
      const value = settings[name];
      return value === undefined || value === null || hasUnknown(value) ? undefined : String(value);
    };
    return new Operations(setting, this.#log, (type, identity) => urnOf(pluginToken(type), identity));
  }
}
