import * as pulumi from "@pulumi/pulumi";
import { mistake } from "./fronts";

/**
 * Arguments as Pulumi can take them, whatever the keys in them are called: it makes a text of every argument, which fails
 * on an object with a key `toString`, unless that is an output.
 *
 * @throws RunError, which Pulumi shows without a stack, for arguments that Pulumi would lose a part of without a word: its
 *   protocol knows no key `__proto__`
 */
export function sendable(resource: string, args: Record<string, unknown>): Record<string, unknown> {
  const path = placeOf(args, []);
  if (path !== undefined) {
    throw mistake(
      `${resource}: ${path.join(".")}: Pulumi cannot hand over a key "__proto__". Use another key.`,
    );
  }
  const entries = Object.entries(args).map(([name, value]) => [
    name,
    pulumi.Output.isInstance(value) || hasText(value) ? value : pulumi.output(value),
  ]);
  return Object.fromEntries(entries);
}

function hasText(value: unknown): boolean {
  try {
    return typeof `${value}` === "string";
  } catch {
    return false;
  }
}

function placeOf(value: unknown, path: readonly string[]): readonly string[] | undefined {
  if (typeof value !== "object" || value === null || !isPlain(value)) return undefined;
  if (Object.hasOwn(value, "__proto__")) return path;
  for (const [key, inner] of Object.entries(value)) {
    const found = placeOf(inner, [...path, key]);
    if (found) return found;
  }
  return undefined;
}

/** Whether it is an object or a list as a program writes it; outputs and resources are not looked into. */
function isPlain(value: object): boolean {
  return Array.isArray(value) || [null, Object.prototype].includes(Object.getPrototypeOf(value));
}
