import { parseArgs } from "node:util";
import type { Properties } from "../../provider/core/resource/lifecycle";
import { UsageError } from "../command";
import { backendIn, backends } from "./backends";
import { checkFilters, filtersOf } from "./filters";
import type { Importable, Kind } from "./kinds";

/** What to import, and where to. */
export interface ImportOptions {
  /** The backend's. */
  objects: Importable;
  kind: Kind;
  /** Arguments of the kind's look-up. */
  filters: Properties;
  namePrefix: string;
  keptUntilSet: boolean;
  withVolumes: boolean;
  out: string;
  force: boolean;
}

/** Reads the command line. @throws UsageError */
export function importOptions([word = "", ...args]: string[]): ImportOptions {
  if (word !== "snapshots" && word !== "volumes") {
    throw new UsageError(
      `say first what to import, "snapshots" or "volumes"${word ? `, not "${word}"` : ""}`,
    );
  }
  const objects = objectsOf(backendIn(args));
  const kind = objects.kinds[word];
  const values = valuesOf(kind, args);
  const given = filtersOf(kind).flatMap(({ option, property, read }) => {
    const value = values[option];
    return value === undefined ? [] : [[property, read(value)]];
  });
  const namePrefix = String(values["name-prefix"] ?? "");
  const narrowed = namePrefix === "" ? {} : objects.namedLike(namePrefix);
  return {
    objects,
    kind,
    filters: checkFilters(kind, { ...narrowed, ...Object.fromEntries(given) }),
    namePrefix,
    keptUntilSet: values["kept-until-set"] === true,
    withVolumes: values["with-volumes"] === true,
    out: String(values.out ?? "."),
    force: values.force === true,
  };
}

function objectsOf(backend: string): Importable {
  const objects = backends.get(backend);
  if (objects !== undefined) return objects;
  const names = [...backends.keys()].join(" or ");
  throw new UsageError(`--backend: "${backend}" is not right: expected ${names}`);
}

type Values = Record<string, string | boolean | (string | boolean)[] | undefined>;

function valuesOf(kind: Kind, args: string[]): Values {
  const filters = filtersOf(kind).map(({ option, type, multiple }) => [option, { type, multiple }]);
  const flag = { type: "boolean" } as const;
  const text = { type: "string" } as const;
  const forSnapshots = kind.word === "snapshot" ? { "kept-until-set": flag, "with-volumes": flag } : {};
  const options = {
    ...Object.fromEntries(filters),
    ...forSnapshots,
    backend: text,
    "name-prefix": text,
    out: text,
    force: flag,
  };
  try {
    return parseArgs({ args, options, allowNegative: true }).values;
  } catch (error) {
    // parseArgs complains in whole sentences of its own.
    throw new UsageError(error instanceof Error ? error.message : `${error}`);
  }
}
