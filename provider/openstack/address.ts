/** The path of a service's address by its parts. */
interface Parts {
  /** What stands before the version, e.g. `/volume`; empty for none. */
  prefix: string;
  /** The version as it is written, e.g. `v3` or `v2.0`. */
  version?: string | undefined;
  /** What stands behind it, with its slash, e.g. `/` and the id of a project. */
  rest: string;
}

/** @param path e.g. `/volume/v3/6f053bb219cc4d02969c9977002aca03`; the last version in it counts */
function partsOf(path: string): Parts {
  const [, prefix = path, version, rest = ""] =
    /^(.*)\/(v\d+(?:\.\d+)?)(\/.*)?$/.exec(path.replace(/\/+$/, "")) ?? [];
  return { prefix: version === undefined ? path.replace(/\/+$/, "") : prefix, version, rest };
}

/** The version in the path of an address without its minor part, e.g. `v3`; `undefined` for none. */
export function versionIn(path: string): string | undefined {
  return partsOf(path).version?.replace(/\..*$/, "");
}

/** What stands before the version in the path of an address, without the id of the project, e.g. `/volume`. */
export function rootOf(path: string, project: string): string {
  const { prefix, version } = partsOf(path);
  return version === undefined && prefix.endsWith(`/${project}`)
    ? prefix.slice(0, -project.length - 1)
    : prefix;
}

/**
 * An address for a project: with its id where the path ends with the version, which is what every release of a service
 * understands.
 */
export function forProject(address: URL, project: string): URL {
  const url = new URL(address);
  const { version, rest } = partsOf(url.pathname);
  if (version !== undefined && rest === "") url.pathname = `${url.pathname.replace(/\/+$/, "")}/${project}`;
  return url;
}
