import { type Json, type JsonObject, objectOf } from "../../http/json";
import { parseDateTime } from "./dateTime";
import { badRequest } from "./errors";

/** Errors by field, in the shape of a 400 (contract "error bodies"). */
export class FieldErrors {
  readonly #errors: Record<string, string[]> = {};

  /** Notes an error of a field. */
  add(field: string, message: string): void {
    this.#errors[field] = [...(this.#errors[field] ?? []), message];
  }

  /** @throws Refusal 400 if anything was noted */
  raise(): void {
    if (Object.keys(this.#errors).length > 0) throw badRequest(this.#errors);
  }
}

/** The body as an object: nothing at all counts as empty. @throws Refusal 400 for anything else (recordings 06, 08) */
export function bodyObject(body: Json | undefined): JsonObject {
  if (body === undefined || body === "") return {};
  const object = objectOf(body);
  if (object !== undefined) return object;
  throw badRequest({
    non_field_errors: [`Invalid data. Expected a dictionary, but got ${pythonType(body)}.`],
  });
}

function pythonType(json: Json): string {
  if (json === null) return "NoneType";
  if (Array.isArray(json)) return "list";
  return typeof json === "string" ? "str" : "int";
}

/** The value of a field that may be left out but not be null. Undefined: not given or refused. */
export function given(
  body: JsonObject,
  field: string,
  { required = false }: { required?: boolean },
  errors: FieldErrors,
): Exclude<Json, null> | undefined {
  const value = body[field];
  if (value === undefined && required) errors.add(field, "This field is required.");
  if (value === null) errors.add(field, "This field may not be null.");
  return value ?? undefined;
}

/** One text field's rules. */
interface TextRules {
  required?: boolean;
  blank?: boolean;
  /** Characters. */
  max?: number;
}

/** A text field: numbers are taken as text, spaces trimmed (recording 06). Undefined: not given or refused. */
export function text(
  body: JsonObject,
  field: string,
  rules: TextRules,
  errors: FieldErrors,
): string | undefined {
  const value = given(body, field, rules, errors);
  if (value === undefined) return undefined;
  if (typeof value !== "string" && typeof value !== "number") {
    errors.add(field, "Not a valid string.");
    return undefined;
  }
  const trimmed = `${value}`.trim();
  if (trimmed === "" && !rules.blank) errors.add(field, "This field may not be blank.");
  else if (rules.max !== undefined && [...trimmed].length > rules.max) {
    errors.add(field, `Ensure this field has no more than ${rules.max} characters.`);
  }
  return trimmed;
}

/** A whole number; a numeric string will do (recording 12). Undefined: not given or refused. */
export function integer(
  body: JsonObject,
  field: string,
  rules: { required?: boolean; min: number },
  errors: FieldErrors,
): number | undefined {
  const value = given(body, field, rules, errors);
  if (value === undefined) return undefined;
  const whole =
    typeof value === "number" || (typeof value === "string" && /^\s*[+-]?\d+(\.0*)?\s*$/.test(value));
  const number = whole ? Number(value) : Number.NaN;
  if (!Number.isInteger(number)) {
    errors.add(field, "A valid integer is required.");
    return undefined;
  }
  if (number < rules.min) errors.add(field, `Ensure this value is greater than or equal to ${rules.min}.`);
  return number;
}

/** A boolean in any of Django's spellings (recording 11: `maybe` is refused). Undefined: not given or refused. */
export function boolean(body: JsonObject, field: string, errors: FieldErrors): boolean | undefined {
  const value = given(body, field, {}, errors);
  if (value === undefined) return undefined;
  const word = `${value}`.toLowerCase();
  if (["true", "t", "yes", "y", "on", "1"].includes(word)) return true;
  if (["false", "f", "no", "n", "off", "0"].includes(word)) return false;
  errors.add(field, "Must be a valid boolean.");
  return undefined;
}

/** A timestamp or null (recordings 06, 07, 08). Undefined: not given or refused. */
export function dateTime(body: JsonObject, field: string, errors: FieldErrors): string | null | undefined {
  const value = body[field];
  if (value === undefined || value === null) return value;
  const parsed = typeof value === "string" ? parseDateTime(value) : undefined;
  if (parsed === undefined) {
    errors.add(
      field,
      "Datetime has wrong format. Use one of these formats instead: YYYY-MM-DDThh:mm[:ss[.uuuuuu]][+HH:MM|-HH:MM|Z].",
    );
  }
  return parsed;
}
