import { z } from "zod";
import type { Properties } from "../../provider/core/resource/lifecycle";
import { UsageError } from "../command";
import type { Given, Option } from "../options";
import type { Kind } from "./kinds";

/** A filter of a list as an option of the command line. */
export interface Filter extends Option {
  /** The argument of the look-up, e.g. `volumeId`. */
  property: string;
  /** The value of the look-up's argument. */
  read(given: Given): unknown;
}

/** The filters that a kind's look-up takes, by their options, e.g. `volume-id`. */
export function filtersOf({ filters }: Kind): Readonly<Record<string, Filter>> {
  const all = Object.entries(filters.shape).map(([property, schema]) => {
    return [optionOf(property), filterOf(property, inner(schema as z.ZodType))];
  });
  return Object.fromEntries(all);
}

/** The options by which earlier versions took filters; `--help` leaves them out. */
export function formerFiltersOf({ filters, former = {} }: Kind): Readonly<Record<string, Filter>> {
  const all = Object.entries(former).map(([old, property]) => {
    return [optionOf(old), filterOf(property, inner(filters.shape[property] as z.ZodType))];
  });
  return Object.fromEntries(all);
}

const repeated = "May be given several times.";

function filterOf(property: string, schema: z.ZodType): Filter {
  const { description = "", url, uuid } = (schema.meta() ?? {}) as Record<string, string | undefined>;
  const common = { property, description, read: (given: Given): unknown => given };
  if (schema instanceof z.ZodBoolean) return { ...common, opposite: true };
  if (schema instanceof z.ZodArray) {
    const full = `${description}${choices(schema.element)} ${repeated}`;
    return { ...common, value: "VALUE", multiple: true, description: full };
  }
  if (schema instanceof z.ZodRecord) {
    return {
      ...common,
      value: "KEY=VALUE",
      multiple: true,
      description: `${description} ${repeated}`,
      read: (pairs) => record(optionOf(property), pairs),
    };
  }
  if (schema instanceof z.ZodNumber) {
    return { ...common, value: "NUMBER", read: (text) => numberOf(String(text)) };
  }
  return { ...common, value: url || uuid ? "UUID" : "TEXT" };
}

/** @throws UsageError for what is no pair */
function record(option: string, pairs: Given): Record<string, string> {
  const entries = [pairs].flat().map((pair) => {
    const [, key, value] = /^([^=]+)=(.*)$/s.exec(String(pair)) ?? [];
    if (key === undefined || value === undefined) {
      throw new UsageError(`--${option}: invalid value "${pair}": expected KEY=VALUE`);
    }
    return [key, value];
  });
  return Object.fromEntries(entries);
}

/** What is no number is left as it is, for the check to complain about. */
function numberOf(text: string): number | string {
  return text.trim() === "" || Number.isNaN(Number(text)) ? text : Number(text);
}

function choices(element: unknown): string {
  if (!(element instanceof z.ZodEnum)) return "";
  const names = element.options.filter((name) => !String(name).startsWith("-"));
  return ` One of ${names.join(", ")}.`;
}

/** Checks the filters' values. @throws UsageError that names each wrong option, its value and what would be right */
export function checkFilters({ filters }: Kind, given: Properties): Properties {
  const parsed = filters.safeParse(given);
  if (parsed.success) return parsed.data as Properties;
  const lines = parsed.error.issues.map(({ path, message }) => {
    const property = String(path[0]);
    const [value] = [given[property]].flat().slice(Number(path[1] ?? 0));
    return `--${optionOf(property)}: invalid value "${value}": ${message}`;
  });
  throw new UsageError(lines.join("; "));
}

/** @param property e.g. `volumeId` @returns e.g. `volume-id` */
function optionOf(property: string): string {
  return property.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

function inner(schema: z.ZodType): z.ZodType {
  return schema instanceof z.ZodOptional ? (schema.unwrap() as z.ZodType) : schema;
}
