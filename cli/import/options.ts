import { parseArgs } from "node:util";
import type { Properties } from "../../provider/core/lifecycle";
import { UsageError } from "../command";
import { checkFilters, filtersOf } from "./filters";
import { type Kind, kinds } from "./kinds";

/** What to import, and where to. */
export interface ImportOptions {
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
  const kind = kinds[word];
  const values = valuesOf(kind, args);
  const given = filtersOf(kind).flatMap(({ option, property, read }) => {
    const value = values[option];
    return value === undefined ? [] : [[property, read(value)]];
  });
  const namePrefix = String(values["name-prefix"] ?? "");
  // The server has no filter by the beginning of a name, but this one keeps the lists short.
  const narrowed = namePrefix === "" ? {} : { name: namePrefix };
  return {
    kind,
    filters: checkFilters(kind, { ...narrowed, ...Object.fromEntries(given) }),
    namePrefix,
    keptUntilSet: values["kept-until-set"] === true,
    withVolumes: values["with-volumes"] === true,
    out: String(values.out ?? "."),
    force: values.force === true,
  };
}

type Values = Record<string, string | boolean | (string | boolean)[] | undefined>;

function valuesOf(kind: Kind, args: string[]): Values {
  const filters = filtersOf(kind).map(({ option, type, multiple }) => [option, { type, multiple }]);
  const flag = { type: "boolean" } as const;
  const text = { type: "string" } as const;
  const forSnapshots = kind === kinds.snapshots ? { "kept-until-set": flag, "with-volumes": flag } : {};
  const options = {
    ...Object.fromEntries(filters),
    ...forSnapshots,
    "name-prefix": text,
    out: text,
    force: flag,
  };
  try {
    return parseArgs({ args, options }).values;
  } catch (error) {
    // parseArgs complains in whole sentences of its own.
    throw new UsageError(error instanceof Error ? error.message : `${error}`);
  }
}
