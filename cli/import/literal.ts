import { isRecord } from "../../provider/core/values";

/** A piece of TypeScript that stands where a value could stand, e.g. `data1.id`. */
export class Expression {
  constructor(readonly text: string) {}
}

/** Lines of the program are this long at most, if that can be. */
export const lineWidth = 100;

/**
 * A value as TypeScript.
 *
 * @param indent the spaces before the line on which it begins
 */
export function literal(value: unknown, indent: number): string {
  const line = onOneLine(value);
  if (indent + line.length < lineWidth) return line;
  const items = parts(value, (inner) => literal(inner, indent + 2));
  if (items === undefined || items.length === 0) return line;
  const [open, close] = Array.isArray(value) ? ["[", "]"] : ["{", "}"];
  const pad = " ".repeat(indent + 2);
  return [open, ...items.map((item) => `${pad}${item},`), `${" ".repeat(indent)}${close}`].join("\n");
}

/** The same on one line, however long. */
export function onOneLine(value: unknown): string {
  if (value instanceof Expression) return value.text;
  const items = parts(value, onOneLine);
  if (items === undefined) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${items.join(", ")}]`;
  return items.length === 0 ? "{}" : `{ ${items.join(", ")} }`;
}

function parts(value: unknown, print: (inner: unknown) => string): string[] | undefined {
  if (Array.isArray(value)) return value.map(print);
  if (!isRecord(value) || value instanceof Expression) return undefined;
  return Object.entries(value).map(([key, inner]) => `${keyText(key)}: ${print(inner)}`);
}

function keyText(key: string): string {
  // Written plainly, it would be the object's prototype.
  if (key === "__proto__") return '["__proto__"]';
  return /^[A-Za-z_$][\w$]*$/.test(key) ? key : JSON.stringify(key);
}
