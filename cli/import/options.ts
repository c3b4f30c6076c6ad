import type { Properties } from "../../provider/core/resource/lifecycle";
import { UsageError } from "../command";
import { helpOption, type Options, parseOptions } from "../options";
import { backendIn, backends, defaultBackend } from "./backends";
import { checkFilters, filtersOf, formerFiltersOf } from "./filters";
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

/** Options beside the filters. */
export const ownOptions = {
  backend: {
    value: "NAME",
    description:
      `${[...backends.keys()].join(" or ")}; with --help, whose options are told. ` +
      `Default: ${defaultBackend.backend.name}.`,
  },
  "name-prefix": { value: "TEXT", description: "Only what has a name that begins so; case counts." },
  out: {
    value: "DIR",
    description: "Folder for the two files; it is made where it does not exist. Default: this one.",
  },
  force: { description: "Overwrite files that are there already." },
  ...helpOption,
} satisfies Options;

/** Those that only snapshots have. */
export const snapshotOptions = {
  "kept-until-set": { description: "Only snapshots that are retained until some date." },
  "with-volumes": { description: "Declare the source volumes too, and refer to them." },
} satisfies Options;

/** Reads the command line. @throws UsageError */
export function importOptions([word = "", ...args]: readonly string[]): ImportOptions {
  if (word !== "snapshots" && word !== "volumes") {
    throw new UsageError(
      `say first what to import, "snapshots" or "volumes"${word ? `, not "${word}"` : ""}`,
    );
  }
  const objects = objectsOf(backendIn(args));
  const kind = objects.kinds[word];
  const filters = { ...formerFiltersOf(kind), ...filtersOf(kind) };
  const forKind = kind.word === "snapshot" ? snapshotOptions : {};
  const values = parseOptions<Options>({ ...filters, ...forKind, ...ownOptions }, args);
  const given = Object.entries(filters).flatMap(([option, { property, read }]) => {
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
  throw new UsageError(`--backend: invalid value "${backend}": expected ${names}`);
}
