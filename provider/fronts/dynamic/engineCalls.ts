import { createRequire } from "node:module";
import type * as wire from "@pulumi/pulumi/proto/provider_pb";
import type { Properties, Timeouts } from "../../core/resource/lifecycle";
import { type Compared, tellDetails } from "../difference";

/**
 * What the engine says in a call, and what Pulumi's host of dynamic providers does not hand on. By this the options
 * `ignoreChanges`, `replaceOnChanges` and `customTimeouts` mean the same as in a plugin, transforms included: those
 * run in the engine, where no program sees what comes of them.
 */
export interface EngineCall {
  /** The time limit of the operation in seconds; 0: the resource's own. */
  seconds: number;
  /** Paths by the option `ignoreChanges`; absent where the call has none. */
  ignored?: readonly string[];
}

type Messages = Pick<
  typeof wire,
  "CreateRequest" | "DiffRequest" | "UpdateRequest" | "DeleteRequest" | "DiffResponse"
>;
type Method = (this: unknown, ...given: unknown[]) => unknown;

/** Where a method of a message is kept as it was before it was wrapped. */
const originalOf = Symbol.for("openstack-snapshots.original");

/**
 * Reads along with what Pulumi's host of dynamic providers reads of the engine's messages. It calls the provider in the
 * same breath in which it reads the id of a request, and reads the answer to Diff in the one in which it writes it; the
 * arguments of a create it reads before that, so those are known again as what they are.
 */
export class EngineCalls {
  readonly #created = new WeakMap<object, EngineCall>();
  #asked: EngineCall | undefined;
  #answered: Compared | undefined;

  /** @param messages those that the host uses */
  constructor(messages: Messages = messagesOfHost()) {
    const note = (request: wire.DiffRequest | wire.UpdateRequest | wire.DeleteRequest) => {
      this.#asked = callOf(request);
    };
    for (const { prototype } of [messages.DiffRequest, messages.UpdateRequest, messages.DeleteRequest])
      after(prototype, "getId", (request) => note(request as Parameters<typeof note>[0]));
    after(messages.CreateRequest.prototype, "getProperties", (request, read) => {
      const struct = read as { toJavaScript(): Properties } | undefined;
      if (struct === undefined) return;
      after(struct, "toJavaScript", (_struct, values) => {
        this.#created.set(values as object, callOf(request as wire.CreateRequest));
      });
    });
    after(messages.DiffResponse.prototype, "setChanges", (response) => {
      const compared = this.#answered;
      this.#answered = undefined;
      if (compared) tellDetails(response as wire.DiffResponse, compared);
    });
  }

  /**
   * What the engine says in the call that is being answered; `undefined` where that is not known. To be asked before
   * anything is waited for.
   */
  take(properties: Properties): EngineCall | undefined {
    const asked = this.#created.get(properties) ?? this.#asked;
    this.#asked = undefined;
    return asked;
  }

  /** An answer to Diff that says, when it is read, where exactly something differs. */
  answer<T extends { changes: boolean }>(answer: T, compared: Compared): T {
    const { changes } = answer;
    const read = () => {
      // Without a place the engine would take nothing for different.
      if (compared.details.length > 0) this.#answered = compared;
      return changes;
    };
    return Object.defineProperty({ ...answer }, "changes", { get: read, enumerable: true });
  }
}

/** The time limit that the engine gives an operation, as `customTimeouts` has it. */
export function limitsOf(
  operation: keyof Timeouts,
  call: EngineCall | undefined,
): Partial<Record<keyof Timeouts, string>> {
  return call && call.seconds > 0 ? { [operation]: `${call.seconds}s` } : {};
}

function callOf(
  request: wire.CreateRequest | wire.DiffRequest | wire.UpdateRequest | wire.DeleteRequest,
): EngineCall {
  return {
    seconds: "getTimeout" in request ? request.getTimeout() : 0,
    ...("getIgnorechangesList" in request ? { ignored: request.getIgnorechangesList() } : {}),
  };
}

/** Has something happen after each call of a method; once, however often this file is loaded. */
function after(of: object, name: string, happen: (self: unknown, result: unknown) => void): void {
  const methods = of as Record<string, Method & { [originalOf]?: Method }>;
  const present = methods[name];
  if (present === undefined) return;
  const original = present[originalOf] ?? present;
  const wrapped: Method = function (...given) {
    const result = original.apply(this, given);
    happen(this, result);
    return result;
  };
  methods[name] = Object.assign(wrapped, { [originalOf]: original });
}

/** The messages of the copy of Pulumi's SDK whose host runs this process; it may be another than this package's own. */
function messagesOfHost(): Messages {
  const [, program = __filename] = process.argv;
  const places = /dynamic-provider/.test(program) ? [program, __filename] : [__filename];
  for (const place of places) {
    try {
      return createRequire(place)("@pulumi/pulumi/proto/provider_pb") as Messages;
    } catch {
      // The next place.
    }
  }
  throw new Error("@pulumi/pulumi is not installed");
}
