import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { stateKeys } from "../../core/resource/diff";
import type { Properties } from "../../core/resource/lifecycle";
import { isRecord } from "../../core/values";
import { markingKey } from "../marking";
import { isSecret, secretOf, secretOutputs, withCurrent, withPrints } from "../secret";

/** What is ours of that which Pulumi's display leaves out. */
const ownKeys: readonly string[] = [...stateKeys, markingKey];

/** Properties as plain JSON, and which of them hold a secret. */
export interface Received {
  values: Properties;
  /** Names of the properties that are secret, or hold one somewhere inside. */
  secrets: ReadonlySet<string>;
}

/** Reads properties off the wire. Unknown values stay the marks that they are. */
export function received(struct: Struct | undefined): Received {
  const secrets = new Set<string>();
  const raw = (struct?.toJavaScript() ?? {}) as Properties;
  const values: Properties = {};
  for (const [name, value] of Object.entries(raw)) {
    // What the dynamic front keeps with a resource means nothing here; a stack may come from there.
    if (name.startsWith("__") && !ownKeys.includes(name)) continue;
    if (hasSecret(value)) secrets.add(name);
    values[name] = bare(value);
  }
  return { values, secrets: new Set(withPrints([...secrets])) };
}

/** The same of a resource: what is secret under a name of an earlier version is secret under today's. */
export function receivedOf(type: string, struct: Struct | undefined): Received {
  const { values, secrets } = received(struct);
  return { values, secrets: new Set(withCurrent(type, secrets)) };
}

/** Writes properties; those of the given names as secrets. */
export function sent(values: Properties, secrets: ReadonlySet<string> = new Set()): Struct {
  // The wire knows no `undefined`.
  const plain = JSON.parse(JSON.stringify(values)) as Properties;
  for (const name of secrets) {
    if (name in plain) plain[name] = secretOf(plain[name]);
  }
  return Struct.fromJavaScript(plain as Parameters<typeof Struct.fromJavaScript>[0]);
}

/**
 * Writes outputs.
 *
 * @param inputs the arguments; as secrets go those of theirs that came so, and what else shows the value of one
 * @param secret the names of others that were secret before
 */
export function sentOutputs(
  outputs: Properties,
  { values, secrets }: Received,
  secret: ReadonlySet<string> = new Set(),
): Struct {
  return sent(outputs, new Set([...secret, ...secretOutputs(outputs, values, secrets)]));
}

function hasSecret(value: unknown): boolean {
  if (isSecret(value)) return true;
  if (Array.isArray(value)) return value.some(hasSecret);
  return isRecord(value) && Object.values(value).some(hasSecret);
}

function bare(value: unknown): unknown {
  if (isSecret(value)) return bare(value.value);
  if (Array.isArray(value)) return value.map(bare);
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, bare(inner)]));
}
