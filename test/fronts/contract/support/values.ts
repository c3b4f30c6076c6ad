import type { Properties } from "../../../../provider/core/resource/lifecycle";
import { isRecord } from "../../../../provider/core/values";

/** Pulumi's key for a value that travels as something special, and its mark for a secret. */
const [special, secretMark] = ["4dabf18193072939515e22adb298388d", "1b47061264138c4ac30d75fd1eb44270"];

/** A secret as the engine sends it to a plugin. */
export function secret(value: unknown): unknown {
  return { [special]: secretMark, value };
}

/** Whether a value came as a secret. */
export function isSecret(value: unknown): value is { value: unknown } {
  return isRecord(value) && value[special] === secretMark;
}

/** Properties without the marks of secrets and without what only the front itself needs. */
export function bare(properties: Properties): Properties {
  const own = Object.entries(properties).filter(([name]) => !name.startsWith("__") && name !== "forPolicies");
  return Object.fromEntries(own.map(([name, value]) => [name, isSecret(value) ? value.value : value]));
}
