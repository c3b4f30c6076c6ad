import { UserError } from "../errors";

/** Says of an address what is wrong with it, in the name of whoever gave it. */
type Wrong = (reason: string) => UserError;

const loopback = new Set(["localhost", "127.0.0.1", "[::1]"]);

/**
 * Reads the address of an API and refuses what would send a credential in the clear.
 *
 * @param wrong makes the error, e.g. with `wrongSetting` where a setting gave the address
 * @param address e.g. `https://portal.example.com/api/`
 * @param insecure accept plain http to any host; without it only to loopback
 * @throws UserError with the value and what would be right
 */
export function parseBaseUrl(wrong: Wrong, address: string, insecure: boolean): URL {
  let url: URL;
  try {
    url = new URL(address);
  } catch {
    throw wrong(`"${address}" is not a URL; expected e.g. https://portal.example.com/api/`);
  }
  if (url.username || url.password) {
    throw wrong("the URL must not hold a user name or a password");
  }
  if (url.protocol === "http:") {
    if (!insecure && !loopback.has(url.hostname)) {
      throw wrong(
        `"${address}" would send the credential in the clear; use https, or set ` +
          '"insecure" to true where that is wanted',
      );
    }
  } else if (url.protocol !== "https:") {
    throw wrong(`"${address}" is neither https nor http`);
  }
  url.search = "";
  url.hash = "";
  return url;
}

/**
 * Holds a link that a server gave (`url` fields, page links, redirects) to the configured origin.
 *
 * @returns path and query of the link
 * @throws UserError where the link leads elsewhere
 */
export function pinned(origin: string, link: string): string {
  const url = new URL(link, origin);
  if (url.origin !== origin) {
    throw new UserError(`refusing to follow ${url.origin}${url.pathname}: it is not on ${origin}`);
  }
  return url.pathname + url.search;
}
