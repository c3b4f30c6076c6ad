import { namespace } from "../core/backend";
import { UserError } from "../core/errors";
import { forProject, rootOf, versionIn } from "./address";
import type { AskedMicroversion, Microversions, ServiceKind } from "./kind";
import { isOfMajor, linked, negotiated, type Version } from "./microversions";

/** Where a service is reached, and how. */
export interface Location {
  /** Its address, with the version and the project, without a slash at its end. */
  endpoint: URL;
  /** The microversion to ask with; absent: the service has none, or does not tell. */
  microversion?: string | undefined;
  /** Why no microversion is known, e.g. `GET https://cinder.example.com/ answered 404`; absent where the service tells. */
  untold?: string | undefined;
  /** Whether a document was refused because of the token. Another token may see more. */
  refused: boolean;
}

/** What a look for a document of versions came to. */
export interface Look {
  /** The versions in it. */
  versions?: readonly Version[] | undefined;
  /** Why there is none. */
  missing?: string | undefined;
  /** The answer was a 401. */
  refused?: boolean;
  /** Why it is not certain that there is none: the server did not answer, or only for now. */
  failure?: unknown;
}

/** What is asked for, and where. */
export interface Wanted {
  kind: ServiceKind;
  ours: Microversions;
  /** The service's address, as a setting or the catalog has it. */
  address: URL;
  /** Id of the project that the token is for. */
  project: string;
  /** The microversion that the cloud's settings ask for. */
  asked?: AskedMicroversion | undefined;
}

/**
 * Finds the version that is spoken here, and its microversions, below the address of a service: by the document of
 * versions at its root, else by that of the version itself. Where none is there, the address is taken at its word,
 * the version is put behind one that has none, and no microversions are known. Links of a document are followed on the
 * origin of the address alone, since the token goes with every request.
 *
 * @param look asks for the document at a path of the address
 * @throws UserError where the service has only other versions
 * @throws unknown what a look failed with, where nothing else tells the versions
 */
export async function locate(wanted: Wanted, look: (path: string) => Promise<Look>): Promise<Location> {
  const { kind, ours, address, project, asked } = wanted;
  const root = rootOf(address.pathname, project);
  const below = `${root}/${ours.major}/`;
  const looks: Look[] = [];
  const right = versionIn(address.pathname) === ours.major;
  // Where all depends on a document: a proxy may know the root without its slash alone.
  const last = right || root === "" ? [] : [root];
  for (const path of [`${root}/`, below, ...last]) {
    const seen = await look(path);
    looks.push(seen);
    const version = seen.versions?.find((each) => isOfMajor(each, ours.major));
    if (version === undefined) continue;
    const at = right ? address : linked(version, new URL(path, address), below);
    return {
      endpoint: forProject(at, project),
      microversion: negotiated(kind, ours, version, asked),
      refused: false,
    };
  }
  const failed = looks.find(({ failure }) => failure !== undefined);
  if (failed !== undefined) throw failed.failure;
  return untold(wanted, new URL(below, address), looks);
}

/** Where no document tells the version. */
function untold(
  { kind, ours, address, project, asked }: Wanted,
  below: URL,
  looks: readonly Look[],
): Location {
  const given = versionIn(address.pathname);
  const others = [...new Set(looks.flatMap(({ versions = [] }) => versions.map(({ id }) => id)))];
  const reasons = looks.map(({ missing }) => missing ?? "").filter((reason) => reason !== "");
  if (given !== ours.major && (given !== undefined || others.length > 0)) {
    const has = others.length > 0 ? `it has ${others.join(", ")}` : reasons.join("; ");
    throw new UserError(
      `no ${kind.title} ${ours.major} at ${address.href}: ${has}. Set ${namespace}:${kind.endpointSetting} to its address`,
      kind.endpointSetting,
    );
  }
  const why = reasons.join("; ");
  if (asked !== undefined) {
    throw new UserError(
      `${kind.title}: ${asked.by} asks for microversion ${asked.version}, but the server does not tell its own ` +
        `(${why}); leave it out`,
    );
  }
  return {
    endpoint: forProject(given === undefined ? below : address, project),
    untold: why || undefined,
    refused: looks.some(({ refused }) => refused),
  };
}
