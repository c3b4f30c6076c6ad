import { parseArgs } from "node:util";
import type { Properties } from "../../provider/core/lifecycle";
import { UsageError } from "../command";
import { cinderSource } from "./cinderSource";
import { checkFilters, filtersOf } from "./filters";
import type { Kind, Source } from "./kinds";
import { waldurSource } from "./waldurSource";

/** What to import, and where to. */
export interface ImportOptions {
  source: Source;
  kind: Kind;
  /** Arguments of the kind's look-up. */
  filters: Properties;
  namePrefix: string;
  keptUntilSet: boolean;
  withVolumes: boolean;
  out: string;
  force: boolean;
}

/** The back ends by the word of `--backend`. */
const sources: Record<string, Source> = { waldur: waldurSource, cinder: cinderSource };

/** The back end that a command line names; Waldur where it names none, or one that there is not. */
export function sourceIn(args: readonly string[]): Source {
  return sources[backendIn(args)] ?? waldurSource;
}

function backendIn(args: readonly string[]): string {
  const at = args.findIndex((arg) => /^--backend(=|$)/.test(arg));
  if (at < 0) return "waldur";
  return args[at]?.split("=")[1] ?? args[at + 1] ?? "";
}

/** Reads the command line. @throws UsageError */
export function importOptions([word = "", ...args]: string[]): ImportOptions {
  if (word !== "snapshots" && word !== "volumes") {
    throw new UsageError(
      `say first what to import, "snapshots" or "volumes"${word ? `, not "${word}"` : ""}`,
    );
  }
  const backend = backendIn(args);
  const source = Object.hasOwn(sources, backend) ? sources[backend] : undefined;
  if (source === undefined)
    throw new UsageError(
      `--backend: "${backend}" is not right: expected ${Object.keys(sources).join(" or ")}`,
    );
  const kind = source.kinds[word];
  const values = valuesOf(source, kind, args);
  const given = filtersOf(kind, source.notOffered).flatMap(({ option, property, read }) => {
    const value = values[option];
    return value === undefined ? [] : [[property, read(value)]];
  });
  const namePrefix = String(values["name-prefix"] ?? "");
  // No server has a filter by the beginning of a name, but one by a part of it keeps the lists short.
  const { byNamePrefix } = source;
  const narrowed = namePrefix === "" || byNamePrefix === undefined ? {} : { [byNamePrefix]: namePrefix };
  return {
    source,
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

function valuesOf({ notOffered }: Source, kind: Kind, args: string[]): Values {
  const filters = filtersOf(kind, notOffered).map(({ option, type, multiple }) => [
    option,
    { type, multiple },
  ]);
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
    return parseArgs({ args, options }).values;
  } catch (error) {
    // parseArgs complains in whole sentences of its own.
    throw new UsageError(error instanceof Error ? error.message : `${error}`);
  }
}
