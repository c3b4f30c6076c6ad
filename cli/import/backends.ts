import { parseArgs } from "node:util";
import { cinderObjects } from "./cinder";
import type { Importable } from "./kinds";
import { waldurObjects } from "./waldur";

/** What can be imported, by the name of the backend on the command line. */
export const backends: ReadonlyMap<string, Importable> = new Map<string, Importable>(
  [waldurObjects, cinderObjects].map((objects: Importable) => [objects.backend.name, objects]),
);

/** The backend where the command line names none. */
export const defaultBackend: Importable = waldurObjects;

/** The name of the backend on the command line: which other options there are depends on it. */
export function backendIn(args: readonly string[]): string {
  const options = { backend: { type: "string" } } as const;
  const { backend } = parseArgs({ args: [...args], options, strict: false }).values;
  // A `--backend` without a name is complained about where all options are read.
  return typeof backend === "string" ? backend : defaultBackend.backend.name;
}
